"""Every sentence of the page, in English. The catalogues of charlm/languages have the other languages.

What is marked "Content" is not a sentence to translate word for word: a catalogue says what suits its readers.
"""

from charlm.languages import N_, NN_

TITLE = "charlm"
SWITCH_NAME = N_("Language")
LEAD = N_("Bring a text, watch a small network learn to spell it, letter by letter, and play with what it writes.")
TAGLINE = N_("A small network learns to spell your text.")
HOME = N_("Back to the first screen")
TEACH_MINE, LET_IT_WRITE = N_("Teach it my text"), N_("Let it write")
REEL = N_(
    "A small network learns a story. After every epoch (the whole story read once more) it writes from the same start. The lower val_loss, the better it spells."
)

# Content: the model, the text and the film that a visitor is offered first, by their names
FIRST_MODEL, FIRST_TEXT, FIRST_FILM = N_("shakespeare"), N_("lamplighter"), N_("lamplighter-film")

PATH_TEXT = N_("the l")  # content: the beginning of some word, five characters at most
PATH = N_("The path of a character")
PATH_PARTS = {
    "text": (N_("text"), N_("characters, one after the other")),
    "ids": (N_("ids"), N_("each character becomes a number")),
    "windows": (N_("windows"), N_("the network reads a piece of the text at a time")),
    "embedding": (N_("embedding"), N_("each number picks a row of a table")),
    "cell": (N_("cell"), N_("it mixes the row with what it remembers")),
    "bars": (N_("bars"), N_("a chance for every next character")),
    "dice": (N_("dice"), N_("they choose one of them, and it goes on from there")),
}

# Train: the text
TRAIN = N_("Train")
TEXT = N_("1 · A text")
WHERE = N_("Where it comes from")
WHERE_NAMES = {"built-in": N_("Comes with charlm"), "file": N_("My files"), "paste": N_("Paste")}
CHOOSE_TEXT = N_("Text")
CHOOSE_TEXT_INFO = N_(
    "Two short stories come with charlm. Shakespeare is fetched from the internet when you choose it."
)
YOUR_FILES = N_("Plain text files (.txt), one or several")
DROP_FILES = N_("Drop them here, or click to choose them")
YOUR_FILES_EMPTY = N_(
    "Choose a .txt file, or several: a story, your diary, recipes, songs. A few thousand letters are enough to begin."
)
PASTE, PASTED = N_("Your text"), N_("pasted")  # the field, and the name that its text gets
PASTE_INFO = N_("With a few thousand letters it begins to be fun.")
PASTE_EMPTY = N_("Paste a text here.")
ENCODING = N_("How the file was saved")
ENCODING_INFO = N_("Change it if letters look wrong below.")
ENCODING_FOUND = N_("Find out automatically")
TIDY = NN_("Replace the {count} rare character by a similar one", "Replace the {count} rare characters by similar ones")
TIDIED = N_("Use the text as it was")
ALPHABET = N_("The alphabet: every character, its id, how often it occurs")
COLUMNS_ALPHABET = (N_("character"), N_("id"), N_("count"))

FACT_NAME, FACT_LENGTH, FACT_ALPHABET = N_("Text"), N_("Length"), N_("Alphabet")
FACT_LENGTH_VALUE = N_("{characters} in {lines}")  # such as: 1,200 characters in 30 lines
CHARACTERS, LINES = NN_("{count:,} character", "{count:,} characters"), NN_("{count:,} line", "{count:,} lines")
FACT_ALPHABET_VALUE = NN_("{count:,} different character", "{count:,} different characters")
DOUBT = N_("{name}: which line reads right?")
DOUBT_CURE = N_("The first was taken. If another reads right, choose its encoding at “How the file was saved”.")
COLUMNS_DOUBT = (N_("Encoding"), N_("The line"))
NO_SUCH_TEXT = (
    N_("There is no text called {name}."),
    N_("Expected one of your own, or one of these: {names}."),
    N_("Choose another."),
)
NO_SUCH_ENCODING = (
    N_("The encoding is {name}."),
    N_("Expected one of: {names}."),
    N_("Choose one of these, or save the file as UTF-8."),
)
FIRST_LINES = N_("How it begins")
PAIR = N_("What the network is shown, and what it has to answer: the same text, one character later")
INPUTS, TARGETS = N_("inputs"), N_("targets")
WARN_RARE = NN_(
    "{count} character occurs five times or less ({named}). The network can hardly learn it, and it makes the network's choice harder.",
    "{count} characters occur five times or less ({named}). The network can hardly learn them, and each of them makes its choice harder.",
)
WARN_SHORT = N_(
    "This is a short text. The network will soon know it by heart. More text of the same kind makes a better model."
)
SHORT = 20_000  # characters; a text with fewer gets this warning

# Train: the settings
SETTINGS = N_("2 · How to learn")
PRESET = N_("Preset")
PRESET_INFO = N_(
    "Quick fits into a lesson. Balanced takes longer and writes better. Book uses the numbers of a well-known textbook."
)
PRESET_NAMES = {"quick": N_("Quick"), "balanced": N_("Balanced"), "book": N_("Book")}
PRESET_TIMED = N_("{name}, about {time} on this machine")
TIME_MEASURED = N_("These settings take about {time} on this machine. This was measured.")
TIME_ROUGH = N_("These settings take roughly {time} on this machine. This is worked out from other settings.")
TIME_TRYING = N_("These settings take roughly {time} on this machine. They are being measured now.")
TIME_UNKNOWN = N_("How long it takes is not known yet: this machine is being measured.")
ADVANCED = N_("Advanced")
INFO = {
    "epochs": N_("How many times it reads the whole text."),
    "seq_length": N_("How many characters it sees at a time."),
    "batch_size": N_("How many places of the text it reads side by side."),
    "rnn_units": N_("How much the network can hold in mind."),
    "embedding_dim": N_("How many numbers stand for a character."),
    "layers": N_("Recurrent layers, one on top of the other."),
    "cell": N_("LSTM remembers longest; GRU is smaller; RNN is the plain one."),
    "dropout": N_(
        "Share of the network that is switched off at random while it learns. This makes it harder to learn the text by heart."
    ),
    "optimizer": N_("How it corrects itself. Muon learns faster; Adam is the well-known one."),
    "learning_rate": N_("How big the learning steps are. If they are too big, it never settles."),
    "clip_norm": N_("A gradient with a larger norm is scaled down to this. If the field is empty, none is."),
    "order": N_(
        "Contiguous reads the text in order and keeps in mind what it has read. Shuffled reads pieces in random order."
    ),
    "seed": N_("With the same seed it learns in the same way again."),
}

EXPLOSION = N_("Fill in an example: a gradient that explodes (far too high a learning rate, no clipping)")

CHOSEN = N_("{step}: {chosen}")

# Train: the run
RUN = N_("3 · Watch it learn")
START, STOP, CONTINUE = N_("Start learning"), N_("Stop"), N_("Continue")
MORE_EPOCHS, MORE_EPOCHS_INFO = N_("more epochs"), N_("They are added to the epochs it has done.")
LEARN_FURTHER = N_("Learn for more epochs")
NO_RUN = N_(
    "Nothing is being learnt. Choose a text and press Start learning: the curve and what the network writes appear here."
)
WAITING = N_("Waiting. Place {place} in the queue.")
STARTING = N_("Setting up the network. This takes about ten seconds.")
LEARNING = N_("Learning.")
ENDS = {
    "finished": N_("Done. Finished after {time}."),
    "stopped": N_("Stopped after {time}. What it has learnt is kept."),
    "time is up": N_("The time is up. What it has learnt is kept."),
    "learnt by heart": N_(
        "Done. It stopped after {time}, because it got no better on the part that it never learns from. The best epoch is kept."
    ),
    "diverged": N_(
        "The loss became far too high, so it stopped. The last good state is kept. Try a lower learning rate."
    ),
}
INTERRUPTED = N_("Interrupted: the computer stopped it. Press Continue to go on from the last save.")
FAILED = N_("It could not go on. {why}")
STILL_LEARNING = N_("Still learning: it gets better at predicting text that it has never seen.")
BY_HEART = N_(
    "It has begun to learn the text by heart: since epoch {epoch:g} it gets no better at predicting text that it has never seen. That epoch is kept."
)
BEST_KEPT = N_("Best after epoch {epoch:g}: val_loss {val_loss:.3f}, which is {bits:.2f} bits for each character.")
TILE_EPOCH, TILE_STEP, TILE_LOSS, TILE_VAL_LOSS = N_("epoch"), N_("step"), N_("loss"), N_("val_loss")
AS_UNSURE = N_("For each character it is as unsure as somebody who chooses between {count:.1f} of them.")
TILE_SPEED, TILE_ELAPSED, TILE_LEFT = N_("characters/s"), N_("elapsed"), N_("left")
OF = N_("{done} / {all}")
CHART = N_(
    "Loss on the text it learns from, and val_loss on the last tenth of the text, which it never learns from. Lower is better."
)
CHART_EMPTY = N_("The curve of the loss appears here.")
REFERENCES = {
    "uniform": N_("guessing blindly"),
    "frequency": N_("guessing by letter frequency"),
    "five_gram": N_("a 5-gram model"),
}
CHART_X, CHART_Y = N_("epoch"), N_("nats per character")
CHART_BEST = N_("best")
CURVE_TABLE = N_("The curve as a table")
COLUMNS_CURVE = (N_("epoch"), N_("loss"), N_("val_loss"), N_("right letters"), N_("elapsed"))
SAMPLES = N_("What it writes, from the same start and with the same dice every time")
SAMPLES_EMPTY = N_("After every epoch the network writes a few lines here.")
BEFORE_LEARNING, AFTER_EPOCH = N_("before learning"), N_("after epoch {epoch:g}")
WRITE_WITH_IT = N_("Write with it")
REPLAY_IT = N_("Go back in time: its epochs side by side with the curve")
DOWNLOAD_MODEL, AS_WEB_PAGE = N_("Download the model"), N_("As a web page")
FORGET = N_("Delete my text and models now")
FORGET_REALLY, FORGET_NOT = N_("Yes, delete them for good"), N_("Keep them")
FORGOTTEN = N_("Your texts and models are deleted here.")
LINK = N_(
    "This run has its own address ({link}). Everybody who opens it can watch the run and write with its model. Only this browser can stop, continue or delete the run."
)
LINK_SEEN = N_(
    "You are watching somebody else's run ({link}). You can write with its model. Only the person who started the run can stop, continue or delete it."
)

# Write
WRITE = N_("Write")
MODEL, MODEL_INFO = N_("Model"), N_("Choose a model. Your own models appear here once they have learnt something.")
SHARED_MODEL = N_("{name}, shared")
OWN_MODEL = N_("{name}, yours ({key})")
IMPORT = N_("Open a model from a file")
NO_MODEL = N_("There is no model yet. Train one: Quick takes about a minute.")
NO_SUCH_MODEL = (
    N_("There is no model called {name} here."),
    N_("Expected one from the list, or one that was trained here and not deleted."),
    N_("Choose another."),
)
START_TEXT = N_("Start")
START_TEXT_INFO = N_("The model goes on from this text. If you leave it empty, it takes the beginning of a line.")
START_TEXT_EXAMPLE = N_("Once upon a time")  # Content
# Content: starts to try, one a line, familiar ones first; the last one is a word that the texts here never have.
START_TRIES = N_("Once upon a time\nMy lord\nlove\nTelephone")
START_TRIES_LEAD = N_("Try a start, with words that its text has or with words that it never saw:")
TEMPERATURE = N_("temperature")
TEMPERATURE_INFO = N_("0 always takes the likeliest character, 0.5 plays safe, 1 writes as it learnt, 2 runs wild.")
LENGTH, LENGTH_INFO = N_("length"), N_("How many characters.")
SEED, SEED_INFO = N_("seed"), N_("The same seed throws the same dice.")
KEEP_SEED = N_("keep this seed")
GENERATE, STOP_WRITING = N_("Generate"), N_("Stop")
WRITTEN = N_("What it writes")
WRITTEN_EMPTY = N_("Press Generate.")
COPY, DOWNLOAD_TEXT = N_("Copy"), N_("Download")
UNKNOWN = N_("The model never saw {named}.")
REPLACE = N_("Replace: {offers}")
LEFT_OUT = N_("{character} left out")
BECOMES = N_("{character} → {near}")
WROTE = NN_("{count:,} character written with seed {seed}.", "{count:,} characters written with seed {seed}.")
WRITING_SO_FAR = N_("Writing … {done:,} of {all:,} characters.")
PLACE = N_("Many visitors are writing. Your place in the queue: {place}.")
NO_ROOM = (
    N_("Very many visitors are writing now."),
    N_("There is no place left in the queue."),
    N_("Try again in a minute."),
)
BARS = N_("The next character: what the network thinks, and what temperature makes of it")
COLUMNS_BARS = (N_("character"), N_("network"), N_("at this temperature"))

# Write: did it copy?
COPIED = N_("Did it copy?")
COPIED_TOO_LONG = N_("This text is too long to be checked. Expected 5,000 characters at most. Shorten it.")
COPIED_NOTHING_YET = N_("Let it write something first.")
COPIED_NO_TEXT = N_(
    "The text that this model learnt from is not here, only the model. So nobody can say what it copied. A model that you train here keeps its text."
)
COPIED_NOT_YOURS = N_(
    "The text that this model learnt from belongs to the person who trained it. Only that person can compare."
)
COPIED_FACTS = N_(
    "{share:.0%} appears word for word in the text it learnt from. The longest such stretch has {longest} characters."
)
COPIED_NONE = N_(
    "No stretch of {shortest} characters or more appears in the text it learnt from: these are its own words."
)
COPIED_LITTLE = N_("Some phrases are quoted; most of it is its own.")
COPIED_MUCH = N_("Much of it is quoted. Try a higher temperature, or stop the training earlier.")
COPIED_MOST = N_("It has learnt the text by heart. Bring more text, train for fewer epochs, or add dropout.")
COPIED_WHERE = N_("Where it appears in that text")
COPIED_PASSAGE = N_("{length} characters: “{beginning}”")

# Temperature
LAB = N_("Temperature")
LAB_LEAD = N_(
    "## One start, the same dice, four temperatures\n\nOnly the temperature differs. A frame marks the first character that differs from the column to the left."
)
LAB_START_INFO = N_("All four texts go on from it.")
LAB_LENGTH_INFO = N_("How many characters each text gets.")
LAB_RUN, LAB_AGAIN = N_("Write four times"), N_("Again, with other dice")
LAB_EMPTY = N_("Press Write four times.")
LAB_TEMPERATURE = N_("temperature {number}")
TEMPERATURES_GIVEN = (
    NN_("{count} temperature was given.", "{count} temperatures were given."),
    N_("Expected 1 to {most}."),
    N_("Choose that many."),
)
LAB_DONE = N_("Written with seed {seed}. The same seed writes the same four texts again.")
LAB_LINK, LAB_SAVE = N_("Copy the link to this lesson"), N_("Save as a page to print")
LAB_LINK_INFO = N_(
    "This page's address contains the model, start, temperatures, seed and length. Everybody who opens it gets the same lesson and the same characters."
)
LAB_ADDRESS = N_("address")
HANDOUT = N_("What temperature does")
PARTS = N_("The first character that differs from the column to the left")
CHOICES = N_("On average, it chose between about {count:.1f} characters.")
WORDS = N_("{share:.0%} of its words appear in the text it learnt from.")
WORDS_UNKNOWN = N_("The text it learnt from is not here, so its words cannot be compared.")
NO_DICE = N_("At 0 there are no dice: every seed writes this text.")
CIRCLES = N_("⟳ It goes in circles: “{phrase}”")

# Replay
REPLAY = N_("Replay")
REPLAY_LEAD = N_(
    "## Back in time: how it learnt\n\nA run keeps its network before learning and after its epochs. Every one of them goes on from the same start with the same dice. Move the slider, or press Play."
)
REPLAY_MODEL_INFO = N_(
    "A model with its epochs: lamplighter-film and molino-film come with charlm, and every model that you train here keeps them."
)
REPLAY_START_INFO = N_("Every epoch goes on from it. If it is empty, it is the beginning of a line of the text.")
REPLAY_ASK = N_("Ask every epoch")
REPLAY_EMPTY = N_("Press Ask every epoch.")
REPLAY_SO_FAR = NN_("{count} of {all} epochs has answered.", "{count} of {all} epochs have answered.")
REPLAY_DONE = NN_(
    "{count} kept epoch has answered with seed {seed}.", "All {count} kept epochs have answered with seed {seed}."
)
REPLAY_LIVE = N_("The run is under way: new epochs appear here.")
PLAY, PAUSE = N_("Play"), N_("Pause")
FILM_SLIDER = N_("epoch")
FILM_LOSS = N_("val_loss {val_loss:.3f}.")
FILM_BEATS = N_("That is better than {name} ({loss:.2f}).")
FILM_BEATS_NONE = N_("Guessing blindly would be no worse.")
FILM_COPIED = N_("{share:.0%} of what it writes stands word for word in its text.")
FILM_KEPT = NN_(
    "{count} network of this run is kept, the one after epoch {epochs} (0 is before learning).",
    "{count} networks of this run are kept, those after epoch {epochs} (0 is before learning). Of a long run some are left out, the late ones first.",
)
FILM_UNSCORED = N_("No epoch has been scored yet.")
PASSED = N_("It passed {name} ({loss:.2f}) in epoch {epoch}.")
NOT_PASSED = N_("It has not passed {name} ({loss:.2f}): its best val_loss is {best:.2f}.")
FILM_TABLE = N_("The film as a table")
COLUMNS_FILM = (N_("epoch"), N_("val_loss"), N_("copied"), N_("likeliest next characters"), N_("what it writes"))
FILM_NONE = (
    N_("{name} has no epochs to go back to: only the network of its best epoch is here."),
    N_("Expected a model that was trained here, or the film that comes with charlm."),
    N_("A model from a file never has epochs, because the file would be very large. Choose another model."),
)
FILM_SHARED = (
    N_("The epochs of this model are not shared."),
    N_("Expected a model of your own, or one that everybody may see."),
    N_("Late epochs may know their text by heart, so only who trained the model can see them."),
)

# Side by side
CONTEST_TAB = N_("Side by side")
CONTEST_LEAD = N_(
    "## Runs side by side\n\nChoose up to four runs: their curves stand in one chart. On **Train**, one click learns the same text with rnn, gru and lstm."
)
CONTEST_RUNS, CONTEST_INFO = N_("Runs"), N_("Your own runs, and the models that everybody may see.")
CONTEST_EMPTY = N_("Choose runs above.")
CONTEST_WAITING = N_("None of these runs has finished an epoch yet.")
CONTEST = N_("val_loss on the last tenth of the text, which no run learns from. Lower is better.")
CONTEST_TOO_MANY = (
    NN_("{count} run was chosen.", "{count} runs were chosen."),
    N_("Expected {most} at most."),
    N_("Choose fewer."),
)
CONTEST_PLACE = N_("waits, place {place} in the queue")
CONTEST_LINK = N_("These runs have one address ({link}). Everybody who opens it can watch them.")
STATES = {
    "running": N_("learns"),
    "ended": N_("done"),
    "interrupted": N_("interrupted"),
    "failed": N_("could not go on"),
}
UNITS, LAYERS = NN_("{cell}, {count} unit", "{cell}, {count} units"), N_(", {layers} layers")
CONTENDER_BEST = N_("{name}, best val_loss {val_loss:.3f} after epoch {epoch:g}.")
CONTENDER_NONE = N_("{name}, no epoch yet.")
COLUMNS_CONTEST = (N_("run"), N_("network"), N_("epochs"), N_("best val_loss"), N_("time"), N_("state"))
EVERY_CELL = N_("The same text with rnn, gru and lstm")

# Dice
DICE = N_("Dice")
DICE_LEAD = N_(
    "## One character at a time\n\nThrow the dice, or choose a character yourself. Click on a character in the text to go back to it."
)
DICE_START_INFO = N_("The model goes on from this text. If it is empty, the model begins a new line.")
DICE_SEED_INFO = N_("With the same start, seed and temperature it writes what the other tabs write.")
TOP_K, TOP_K_INFO = N_("top-k"), N_("Choose only among this many of the likeliest characters. 0 means all of them.")
THROW, STEP_BACK, AFRESH = N_("Throw the dice"), N_("One step back"), N_("From the start")
THROW_EMPTY = N_(
    "The characters lie side by side, the likeliest first. A likelier character takes more room. The dice fall on one of them."
)
FELL = N_(
    "The dice fell on {number:.3f}. The character there is <b>{character}</b>: it goes from {low:.3f} to {high:.3f}."
)
BY_HAND = N_("You chose <b>{character}</b>; it had a chance of {chance:.1%}.")
GO_BACK, PICK = N_("Go back to here"), N_("Choose this one")
WALK_TOO_LONG = (
    N_("The text is too long for the dice."),
    N_("Expected {most:,} characters at most."),
    N_("Press From the start, or shorten the start."),
)

# Surprise
SURPRISE = N_("Surprise")
SURPRISE_LEAD = N_(
    "## How surprised is it?\n\nPaste a sentence. The higher the bar behind a character, the less the model expected it."
)
SENTENCE, SENTENCE_INFO = N_("Sentence"), N_("Any text of up to 2,000 characters.")
SURPRISE_EXAMPLE = N_("To be, or not to be, that is the question.")  # Content
SENTENCE_EMPTY = (N_("There is no sentence."), N_("Expected some text."), N_("Paste or write one."))
SENTENCE_TOO_LONG = (N_("The text has {count:,} characters."), N_("Expected {most:,} at most."), N_("Shorten it."))
OTHER_MODEL, OTHER_MODEL_INFO = N_("Second model"), N_("It reads the same sentence, so that you can compare.")
SURPRISE_RUN = N_("Show the surprise")
SURPRISE_TOTAL = NN_(
    "{mean:.2f} bits per character ({total:,.1f} bits for {count:,} character)",
    "{mean:.2f} bits per character ({total:,.1f} bits for {count:,} characters)",
)
BITS = N_("{bits:.1f} bits")
SURPRISE_TABLE = N_("The same as a table")
COLUMNS_SURPRISE = (N_("character"), N_("bits"), N_("expected instead"), N_("how likely"))
STYLE = N_("It sounds like {name}: {less:.2f} bits per character, against {more:.2f} for {other}.")
STYLE_CLOSE = N_("Both find it equally likely: {name} {less:.2f} bits per character, {other} {more:.2f}.")

# Inside
INSIDE = N_("Inside")
INSIDE_GIVEN = N_("a given text")
INSIDE_LEAD = N_(
    "## What goes on inside?\n\nThe model reads this text. Click on a character or on a cell; on the text, the arrow keys move, too. Cells and characters are counted from 0."
)
INSIDE_TEXT, INSIDE_TEXT_INFO = N_("Text"), N_("Up to 600 characters. Change it, or take another one below.")
INSIDE_EXAMPLES = {
    "shakespeare": "ROMEO:\nBut, soft! what light through yonder window breaks?\nIt is the east, and Juliet is the sun.\n\nJULIET:\nO Romeo, Romeo! wherefore art thou Romeo?\nDeny thy father and refuse thy name;\nOr, if thou wilt not, be but sworn my love,\nAnd I'll no longer be a Capulet.\n",
    "quijote": "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho\ntiempo que vivía un hidalgo de los de lanza en astillero, adarga antigua,\nrocín flaco y galgo corredor.\n",
}
INSIDE_OWN_TEXT, INSIDE_WRITE = N_("From its text"), N_("Let it write one")
INSIDE_NO_OWN_TEXT = N_(
    "The text that this model learnt from is not here, or belongs to the person who trained it. Let the model write one."
)
INSIDE_CELLS, INSIDE_REACH, INSIDE_EMBEDDING, INSIDE_NETWORK = N_("Cells"), N_("Reach"), N_("Embedding"), N_("Network")
INSIDE_BY_KEYS = N_("The text, character by character. The left and right arrow keys choose a character.")
INSIDE_LAYER, INSIDE_CELL, INSIDE_PLACE = N_("layer"), N_("cell"), N_("character")
INSIDE_MEAN = N_("show the gates as the mean of the layer")
INSIDE_HERE = N_("Cell {cell} of layer {layer}, after character {place} ({character}): {value}.")
INSIDE_LEGEND = N_(
    '<span class="tone plus sure">orange, line above</span>: more than zero. <span class="tone minus sure">blue, line below</span>: less than zero. The stronger the colour, the further from zero.'
)
INSIDE_LANES = N_("The bars below each character are the gates, from above: {names}. A high bar is an open gate.")
GATES = {
    "input": N_("input gate"),
    "forget": N_("forget gate"),
    "output": N_("output gate"),
    "update": N_("update gate"),
    "reset": N_("reset gate"),
}
OPEN_GATES = {
    "input": N_("lets something new in"),
    "forget": N_("keeps what is there"),
    "output": N_("shows it to the rest of the network"),
    "update": N_("keeps what is there"),
    "reset": N_("uses what is there"),
}
NO_GATES = N_("A plain recurrent cell has no gates.")
INSIDE_TABLE = N_("The same as a table")
COLUMNS_CELL = ("", N_("character"), N_("activation"))
INSIDE_ALL = N_("All cells after character {place} ({character})")
INSIDE_STRONGEST = N_("The strongest:")
LAYER = N_("Layer {layer}")
CELL_OF_LAYER, CELL_ALONE = N_("cell {cell} of layer {layer}"), N_("cell {cell}")
INSIDE_FOLLOWERS_TITLE = N_(
    "### What do the cells follow?\n\nThe model reads a long text, and each cell is compared with features of the text."
)
INSIDE_FIND = N_("Find out")
INSIDE_FOLLOWS = N_("{cell}: {feature}, r = {r}")
INSIDE_FOLLOWERS = NN_(
    "{count} of {all} cells follows one of the features. Choose it to see it in the text:",
    "{count} of {all} cells follow one of the features. Choose one to see it in the text:",
)
INSIDE_NO_FOLLOWERS = N_("No cell follows one of the features clearly (|r| of 0.5 or more).")
INSIDE_READING = N_("Reading: {read:,} of {characters:,} characters.")
INSIDE_WRITING = NN_(
    "The text that it learnt from is not here, so the model writes one first: {count:,} character.",
    "The text that it learnt from is not here, so the model writes one first: {count:,} characters.",
)
INSIDE_CHANCE = N_(
    "By chance alone, a cell reaches |r| = {chance:.2f} on this text. r is the correlation: 1 follows exactly, −1 does the opposite, 0 has nothing to do with it."
)
INSIDE_SOURCES = {
    "held out": N_("Examined on {count:,} characters of its text that it never learnt from."),
    "given": N_("Examined on {count:,} characters of a text that it did not learn."),
    "written": N_("Examined on {count:,} characters that the model wrote itself, because its text is not here."),
}
FEATURES = {
    "position in line": N_("position in the line"),
    "line end near": N_("the line end is near"),
    "line start": N_("a line begins"),
    "paragraph start": N_("a paragraph begins"),
    "speaker line": N_("a speaker's name"),
    "inside quotes": N_("inside quotation marks"),
    "inside brackets": N_("inside brackets"),
    "after a space": N_("after a space"),
    "after a capital": N_("after a capital"),
    "word length so far": N_("length of the word so far"),
    "vowel next": N_("a vowel comes next"),
    "digit": N_("a digit"),
}
INSIDE_SWITCH_TITLE = N_(
    "### Switch it off\n\nThe chosen cell is held still, and the model writes from the same start with the same dice."
)
INSIDE_HOLD = N_("Hold the cell at")
INSIDE_HOLDS = {"zero": N_("zero"), "mean": N_("its mean")}
INSIDE_SWITCH = N_("Switch this cell off")
INSIDE_WITH, INSIDE_WITHOUT = N_("With {cell}"), N_("With {cell} held at {value}")
INSIDE_MEASURING = N_("Writing, and then measuring what it costs …")
INSIDE_SAME = N_("Both texts are the same: this cell changed nothing here.")
INSIDE_COST = N_(
    "Without {cell} the model needs {more:+.3f} nats more for each character: {without:.3f} in place of {with_cell:.3f}, on {characters:,} characters."
)
INSIDE_FEATURE_COST = NN_(
    "Where it counts ({feature}): {more:+.3f} nats, {without:.3f} in place of {with_cell:.3f}, on {count:,} character.",
    "Where it counts ({feature}): {more:+.3f} nats, {without:.3f} in place of {with_cell:.3f}, on {count:,} characters.",
)
REACH_LEAD = N_(
    "How far back does it lean? The stronger the colour of a character, the more the network's answer at the chosen one depends on it. This is the gradient of the chosen character's logit by each earlier input."
)
REACH_HERE = N_("Character {place} ({character}) depends most on {other}, at a distance of {back}.")
REACH_NOTHING = N_("Nothing comes before {character}. Choose a later character.")
REACH_MODELS, REACH_MODELS_INFO = (
    N_("Beside it"),
    N_("Up to two other models, for example one with plain cells (rnn) and one with gates (lstm, gru)."),
)
REACH_TOO_MANY = (
    NN_("{count} model was named.", "{count} models were named."),
    N_("Expected 1 to {most}."),
    N_("Choose that many."),
)
REACH_RUN = N_("Draw the curve")
REACH_CHART = N_(
    "The gradient at each distance: the mean over several characters of the text, relative to each model's largest. A curve that falls fast is a vanishing gradient."
)
REACH_DISTANCE = N_("characters back")
REACH_HALF = NN_(
    "half of the whole gradient lies within {count} character, nine tenths within {most}.",
    "half of the whole gradient lies within {count} characters, nine tenths within {most}.",
)
EMBEDDING_LEAD = N_(
    "An id is only a number. One-hot makes a vector of it with a single 1. That 1 picks a row out of the embedding, and this row is all that the network sees of the character."
)
CHARACTER, CHARACTER_INFO = N_("Character"), N_("Or click on one on the map.")
ROW_HERE = N_("{character} has the id {id}: the one-hot vector has {size} numbers, the row of the embedding has {dim}.")
ONE_HOT, ROW = N_("One-hot: a 1 at the id, 0 elsewhere"), N_("The row that it picks: orange bars go up, blue ones down")
WHICH_TABLE = N_("Which table")
TABLES = {"after": N_("after learning"), "before": N_("before learning"), "changed": N_("what learning changed")}
TABLE_UNKNOWN = N_("What this table was before learning is no longer known.")
MAP_SHOWS = N_(
    "The characters on a plane (PCA): near means similar, as far as a plane can show it. This one shows {share:.0%} of the differences."
)
MAP_KEY = N_("Circle: vowel. Square: capital. Triangle: digit.")
NEIGHBOURS = N_("Rows most similar to that of {character}")
COLUMNS_NEIGHBOURS = (N_("character"), N_("cosine"))
PARAMETERS, PARAMETERS_ALL = (
    NN_("{count:,} parameter", "{count:,} parameters"),
    N_("{count:,} parameters in all: the numbers that learning changes."),
)
PART_NAMES = {
    "ids": N_("ids"),
    "embedding": N_("Embedding"),
    "recurrent": N_("{cell}, layer {number}"),
    "dense": N_("Dense"),
}
PART_SHAPES = {
    "ids": N_("A character becomes its number in the alphabet."),
    "embedding": N_("A table. The id picks a row. Rows: {takes:,}. Numbers in each row: {gives:,}."),
    "recurrent": N_("Numbers that go in: {takes:,}, and its own {gives:,} from the character before. Out: {gives:,}."),
    "dense": N_("Numbers that go in: {takes:,}. Logits that come out, one for each character: {gives:,}."),
}
PART_GATES = {
    4: N_("Three gates (input, forget, output) and a candidate."),
    3: N_("Two gates (update, reset) and a candidate."),
    1: N_("No gates."),
}
COLUMNS_PARTS, TOGETHER = (N_("part"), N_("array"), N_("shape"), N_("numbers")), N_("together")
GRADIENT_CHART = N_("The norm of the gradient before clipping. What is above the line is scaled down to it.")
GRADIENT_CHART_FREE = N_("The norm of the gradient. It is not clipped in this run.")
GRADIENT_CLIP = N_("clipped at {norm:g}")
GRADIENT_WORDS = N_("It went from {low:.2g} to {high:.2g}, and was {last:.2g} at the last step.")
GRADIENT_CLIPPED = N_("{share:.0%} of the steps were clipped.")

NO_NUMBER = N_("{name} is not a number. Expected a number. Type one.")
CANNOT_READ = N_(
    "The values that were sent cannot be read. Expected values as the page or the list of endpoints describes them. Check them and send them again."
)
HALF_A_CHARACTER = N_(
    "A text that was sent contains half a character (a lone surrogate). Expected whole characters. Remove it and send the text again."
)
NOT_UPLOADED = N_(
    "A file that you named is not here. Expected a file that you sent to this page within the last hour. Send it again."
)
NOT_POSSIBLE = N_("That does not work")
PRIVACY = N_("Texts and models stay on the computer that runs this page.")
PRIVACY_HOURS = NN_(
    "They are deleted {count:g} hour after their last change.",
    "They are deleted {count:g} hours after their last change.",
)
LIMITS = N_(
    "The limits of this machine. For a text: files of {upload_mb} MB, {characters:,} characters, {alphabet:,} different characters. For a run: {units:,} units, {epochs:,} epochs, {minutes:g} min. Your runs at a time: {runs}. Waiting runs of all visitors: {waiting}. For writing: {length:,} characters at once. On the disk: {disk_mb:,} MB for the runs of all visitors."
)

SECONDS, MINUTES, HOURS = N_("{count} s"), N_("{count} min"), N_("{count:.1f} h")
