"""What several stories with TensorFlow share."""

import pytest

from charlm.runs import recorder


@pytest.fixture(autouse=True, scope="session")
def every_epoch_is_saved():
    """As of epochs that take longer than saving them does; these take some milliseconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recorder, "SAVING_SHARE", 1.0)
        yield
