"""Every sentence of the page, so that a second language is a second table."""

TITLE = "charlm"
LEAD = "Bring a text, watch a small network learn to spell it, letter by letter, and play with what it writes."
FIRST_STEP = (
    "Press **Start learning** to see it happen with a story that comes along, or go to **Write**: a model is ready."
)
FIRST_STEP_BARE = "Press **Start learning** to see it happen with a story that comes along. It takes about a minute."

# Train: the text
TRAIN = "Train"
TEXT = "1 · A text"
WHERE = "Where it comes from"
BUILT_IN, FILES, PASTED = "Comes with charlm", "My files", "Paste"
WHERE_CHOICES = [BUILT_IN, FILES, PASTED]
CHOOSE_TEXT = "Text"
CHOOSE_TEXT_INFO = "Two short stories are here at once; Shakespeare is fetched from the internet when you choose it."
YOUR_FILES = "Plain text files (.txt), one or several"
YOUR_FILES_EMPTY = (
    "Choose a .txt file, or several: a story, your diary, recipes, songs. A few thousand letters are enough to begin."
)
PASTE = "Your text"
PASTE_INFO = "A few thousand letters are where it begins to be fun."
PASTE_EMPTY = "Paste a text here."
ENCODING = "How the file was saved"
ENCODING_INFO = "Change it if letters look wrong below."
ENCODING_FOUND = "Find out"
TIDY = "Replace the {count} rare characters by similar ones"
TIDIED = "Take the text as it was"
ALPHABET = "The alphabet: every character, its id, how often it occurs"
COLUMNS_ALPHABET = ("character", "id", "count")

FACT_NAME, FACT_LENGTH, FACT_ALPHABET, FACT_READ_AS = "Text", "Length", "Alphabet", "Read as"
FACT_LENGTH_VALUE = "{characters:,} characters in {lines:,} lines"
FACT_ALPHABET_VALUE = "{count:,} different characters"
FACT_PASTED = "pasted"
FIRST_LINES = "How it begins"
PAIR = "What the network is shown, and what it has to answer: the same text, one character on"
INPUTS, TARGETS = "inputs", "targets"
WARN_RARE = (
    "{count} characters occur five times or less ({named}). They are hardly learnt, and each makes the choice harder."
)
WARN_SHORT = "This is a short text. It will be learnt by heart soon; more of the same kind makes a better model."
SHORT = 20_000  # characters below which that is said

# Train: the settings
SETTINGS = "2 · How to learn"
PRESET = "Preset"
PRESET_INFO = "Quick is for a lesson, Balanced for a better writer, Book uses a well-known textbook's own numbers."
PRESET_NAMES = {"quick": "Quick", "balanced": "Balanced", "book": "Book"}
PRESET_TIMED = "{name}, about {time} on this machine"
ADVANCED = "Advanced"
INFO = {
    "epochs": "How often the whole text is read.",
    "seq_length": "How many characters it sees at a time.",
    "batch_size": "How many places of the text it reads side by side.",
    "rnn_units": "How much the network can hold in mind.",
    "embedding_dim": "How many numbers stand for a character.",
    "layers": "Recurrent layers, one on top of the other.",
    "cell": "LSTM remembers longest; GRU is smaller; RNN is the plain one.",
    "dropout": "Share of the network that looks away while learning, against learning by heart.",
    "learning_rate": "How big the steps are. Too big, and it never settles.",
    "order": "Contiguous reads on and carries what it has in mind; shuffled jumps about.",
    "seed": "The same seed learns the same way again.",
}

# Train: the run
RUN = "3 · Watch it learn"
START, STOP, CONTINUE = "Start learning", "Stop", "Continue"
MORE_EPOCHS, MORE_EPOCHS_INFO = "more epochs", "How many to go on for."
NO_RUN = "Nothing is being learnt yet. Choose a text and press Start learning: the curve and what the network writes appear here."
WAITING = "Waiting. Place {place} in the queue."
STARTING = "Setting up the network. This takes about ten seconds."
LEARNING = "Learning."
ENDS = {
    "finished": "Done. Finished after {time}.",
    "stopped": "Stopped after {time}. What it has learnt is kept.",
    "time is up": "The time is up. What it has learnt is kept.",
    "learnt by heart": "Done. It got no better on the part held out, so it stopped after {time}; the best epoch is kept.",
    "diverged": "The loss left all bounds. The last good state is kept; try a lower learning rate.",
}
INTERRUPTED = "Interrupted: the computer stopped it. Press Continue: it goes on from the last save."
FAILED = "It could not go on. {why}"
STILL_LEARNING = "Still learning: the text it has never seen becomes easier to foresee with every epoch."
BY_HEART = "It has begun to learn the text by heart: since epoch {epoch:g} the part held out becomes no easier. That epoch is kept."
BEST_KEPT = "Best after epoch {epoch:g}: val_loss {val_loss:.3f}, which is {bits:.2f} bits for each character."
TILE_EPOCH, TILE_STEP, TILE_LOSS, TILE_VAL_LOSS = "epoch", "step", "loss", "val_loss"
TILE_SPEED, TILE_ELAPSED, TILE_LEFT = "characters/s", "elapsed", "left"
OF = "{done} / {all}"
CHART = "Loss, and val_loss on the last tenth of the text, which is never learnt from. Lower is better."
CHART_EMPTY = "The curve of the loss appears here."
CHART_UNIFORM, CHART_FREQUENCY = "guessing blindly", "guessing by letter frequency"
CHART_X, CHART_Y = "epoch", "nats per character"
CHART_BEST = "best"
CURVE_TABLE = "The curve as a table"
COLUMNS_CURVE = ("epoch", "loss", "val_loss", "right letters", "elapsed")
SAMPLES = "What it writes, from the same start and with the same dice every time"
SAMPLES_EMPTY = "After every epoch the network writes a few lines here."
BEFORE_LEARNING, AFTER_EPOCH = "before learning", "after epoch {epoch:g}"
WRITE_WITH_IT = "Write with it"
DOWNLOAD_MODEL = "Download the model"
LINK = "This run has its own address. Keep it, open it on another device, or come back later: {link}"

# Write
WRITE = "Write"
MODEL, MODEL_INFO = "Model", "Who writes. Yours appear here once they have learnt something."
NO_MODEL = "There is no model yet. Train one: Quick takes about a minute."
START_TEXT, START_TEXT_INFO = "Start", "What it goes on from. Leave it empty and it begins a line."
START_TEXT_EXAMPLE = "Once upon a time"
TEMPERATURE = "temperature"
TEMPERATURE_INFO = "0 always takes the likeliest character, 0.5 plays safe, 1 writes as it learnt, 2 runs wild."
LENGTH, LENGTH_INFO = "length", "How many characters."
SEED, SEED_INFO = "seed", "The same seed throws the same dice."
KEEP_SEED = "keep this seed"
GENERATE, STOP_WRITING = "Generate", "Stop"
WRITTEN = "What it writes"
WRITTEN_EMPTY = "Press Generate."
COPY, DOWNLOAD_TEXT = "Copy", "Download"
UNKNOWN = "The model never saw {named}."
REPLACE = "Replace: {offers}"
LEFT_OUT = "{character} left out"
BECOMES = "{character} → {near}"
WROTE = "{count:,} characters written with seed {seed}."
WRITING_SO_FAR = "Writing … {done:,} of {all:,} characters."
BARS = "The next character after your start: what the network thinks, and what temperature makes of it"
COLUMNS_BARS = ("character", "network", "at this temperature")

NOT_POSSIBLE = "That does not work"
PRIVACY = "Texts and models stay on the computer that runs this page."


def clock(seconds: float) -> str:
    """A time as one says it."""
    seconds = max(0, round(seconds))
    if seconds < 100:
        return f"{seconds} s"
    if seconds < 5_400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
