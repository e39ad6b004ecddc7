"""The tabs. In each, layout.py puts the controls on the page, and wiring.py says what happens when one is used."""
