"""Every sentence of the page. A second language needs only a second table like this one."""

LANGUAGE = "en"
TITLE = "charlm"
LEAD = "Bring a text, watch a small network learn to spell it, letter by letter, and play with what it writes."
FIRST_STEP = "Press **Start learning** to try it with a story that comes with charlm, or go to **Write**: a model is ready there."
FIRST_STEP_BARE = "Press **Start learning** to try it with a story that comes with charlm. It takes about a minute."

# Train: the text
TRAIN = "Train"
TEXT = "1 · A text"
WHERE = "Where it comes from"
WHERE_NAMES = {"built-in": "Comes with charlm", "file": "My files", "paste": "Paste"}
CHOOSE_TEXT = "Text"
CHOOSE_TEXT_INFO = "Two short stories come with charlm. Shakespeare is fetched from the internet when you choose it."
YOUR_FILES = "Plain text files (.txt), one or several"
YOUR_FILES_EMPTY = (
    "Choose a .txt file, or several: a story, your diary, recipes, songs. A few thousand letters are enough to begin."
)
PASTE = "Your text"
PASTE_INFO = "With a few thousand letters it begins to be fun."
PASTE_EMPTY = "Paste a text here."
ENCODING = "How the file was saved"
ENCODING_INFO = "Change it if letters look wrong below."
ENCODING_FOUND = "Find out automatically"
TIDY = "Replace the {count} rare characters by similar ones"
TIDIED = "Use the text as it was"
ALPHABET = "The alphabet: every character, its id, how often it occurs"
COLUMNS_ALPHABET = ("character", "id", "count")

FACT_NAME, FACT_LENGTH, FACT_ALPHABET, FACT_READ_AS = "Text", "Length", "Alphabet", "Read as"
FACT_LENGTH_VALUE = "{characters:,} characters in {lines:,} lines"
FACT_ALPHABET_VALUE = "{count:,} different characters"
FACT_PASTED = "pasted"
DOUBT = "{name}: which line reads right?"
DOUBT_CURE = f"The first was taken. If another reads right, choose its encoding at “{ENCODING}”."
COLUMNS_DOUBT = ("Encoding", "The line")
FIRST_LINES = "How it begins"
PAIR = "What the network is shown, and what it has to answer: the same text, one character later"
INPUTS, TARGETS = "inputs", "targets"
WARN_RARE = "{count} characters occur five times or less ({named}). The network can hardly learn them, and each of them makes its choice harder."
WARN_SHORT = (
    "This is a short text. The network will soon know it by heart. More text of the same kind makes a better model."
)
SHORT = 20_000  # characters; a text with fewer gets this warning

# Train: the settings
SETTINGS = "2 · How to learn"
PRESET = "Preset"
PRESET_INFO = (
    "Quick fits into a lesson. Balanced takes longer and writes better. Book uses the numbers of a well-known textbook."
)
PRESET_NAMES = {"quick": "Quick", "balanced": "Balanced", "book": "Book"}
PRESET_TIMED = "{name}, about {time} on this machine"
TIME_MEASURED = "These settings take about {time} on this machine. This was measured."
TIME_ROUGH = "These settings take roughly {time} on this machine. This is worked out from other settings."
TIME_TRYING = "These settings take roughly {time} on this machine. They are being measured now."
TIME_UNKNOWN = "How long it takes is not known yet: this machine is being measured."
ADVANCED = "Advanced"
INFO = {
    "epochs": "How many times it reads the whole text.",
    "seq_length": "How many characters it sees at a time.",
    "batch_size": "How many places of the text it reads side by side.",
    "rnn_units": "How much the network can hold in mind.",
    "embedding_dim": "How many numbers stand for a character.",
    "layers": "Recurrent layers, one on top of the other.",
    "cell": "LSTM remembers longest; GRU is smaller; RNN is the plain one.",
    "dropout": "Share of the network that is switched off at random while it learns. This makes it harder to learn the text by heart.",
    "optimizer": "How it corrects itself. Muon learns faster; Adam is the well-known one.",
    "learning_rate": "How big the learning steps are. If they are too big, it never settles.",
    "clip_norm": "A gradient with a larger norm is scaled down to this. If the field is empty, none is.",
    "order": "Contiguous reads the text in order and keeps in mind what it has read. Shuffled reads pieces in random order.",
    "seed": "With the same seed it learns in the same way again.",
}

EXPLOSION = "Fill in an example: a gradient that explodes (far too high a learning rate, no clipping)"

# Train: the run
RUN = "3 · Watch it learn"
START, STOP, CONTINUE = "Start learning", "Stop", "Continue"
MORE_EPOCHS, MORE_EPOCHS_INFO = "more epochs", "They are added to the epochs it has done."
LEARN_FURTHER = "Learn for more epochs"
NO_RUN = "Nothing is being learnt. Choose a text and press Start learning: the curve and what the network writes appear here."
WAITING = "Waiting. Place {place} in the queue."
STARTING = "Setting up the network. This takes about ten seconds."
LEARNING = "Learning."
ENDS = {
    "finished": "Done. Finished after {time}.",
    "stopped": "Stopped after {time}. What it has learnt is kept.",
    "time is up": "The time is up. What it has learnt is kept.",
    "learnt by heart": "Done. It stopped after {time}, because it got no better on the part that it never learns from. The best epoch is kept.",
    "diverged": "The loss became far too high, so it stopped. The last good state is kept. Try a lower learning rate.",
}
INTERRUPTED = "Interrupted: the computer stopped it. Press Continue to go on from the last save."
FAILED = "It could not go on. {why}"
STILL_LEARNING = "Still learning: it gets better at predicting text that it has never seen."
BY_HEART = "It has begun to learn the text by heart: since epoch {epoch:g} it gets no better at predicting text that it has never seen. That epoch is kept."
BEST_KEPT = "Best after epoch {epoch:g}: val_loss {val_loss:.3f}, which is {bits:.2f} bits for each character."
TILE_EPOCH, TILE_STEP, TILE_LOSS, TILE_VAL_LOSS = "epoch", "step", "loss", "val_loss"
TILE_SPEED, TILE_ELAPSED, TILE_LEFT = "characters/s", "elapsed", "left"
OF = "{done} / {all}"
CHART = "Loss on the text it learns from, and val_loss on the last tenth of the text, which it never learns from. Lower is better."
CHART_EMPTY = "The curve of the loss appears here."
REFERENCES = {
    "uniform": "guessing blindly",
    "frequency": "guessing by letter frequency",
    "five_gram": "a 5-gram model",
}
CHART_X, CHART_Y = "epoch", "nats per character"
CHART_BEST = "best"
CURVE_TABLE = "The curve as a table"
COLUMNS_CURVE = ("epoch", "loss", "val_loss", "right letters", "elapsed")
SAMPLES = "What it writes, from the same start and with the same dice every time"
SAMPLES_EMPTY = "After every epoch the network writes a few lines here."
BEFORE_LEARNING, AFTER_EPOCH = "before learning", "after epoch {epoch:g}"
WRITE_WITH_IT = "Write with it"
REPLAY_IT = "Go back in time: its epochs side by side with the curve"
DOWNLOAD_MODEL, AS_WEB_PAGE = "Download the model", "As a web page"
FORGET = "Delete my text and models now"
FORGET_REALLY, FORGET_NOT = "Yes, delete them for good", "Keep them"
FORGOTTEN = "Your texts and models are deleted here."
LINK = "This run has its own address: {link} Everybody who opens it can watch the run and write with its model. Only this browser can stop, continue or delete the run."
LINK_SEEN = "You are watching somebody else's run: {link} You can write with its model. Only the person who started the run can stop, continue or delete it."

# Write
WRITE = "Write"
MODEL, MODEL_INFO = "Model", "Choose a model. Your own models appear here once they have learnt something."
SHARED_MODEL = "{name}, shared"
OWN_MODEL = "{name}, yours ({key})"
IMPORT = "Open a model from a file"
NO_MODEL = "There is no model yet. Train one: Quick takes about a minute."
NO_SUCH_MODEL = (
    "There is no model called {name} here.",
    "Expected one from the list, or one that was trained here and not deleted.",
    "Choose another.",
)
START_TEXT = "Start"
START_TEXT_INFO = "The model goes on from this text. If you leave it empty, it takes the beginning of a line."
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
PLACE = "Many visitors are writing. Your place in the queue: {place}."
NO_ROOM = ("Very many visitors are writing now.", "There is no place left in the queue.", "Try again in a minute.")
BARS = "The next character: what the network thinks, and what temperature makes of it"
COLUMNS_BARS = ("character", "network", "at this temperature")

# Write: did it copy?
COPIED = "Did it copy?"
COPIED_TOO_LONG = "This text is too long to be checked. Expected 5,000 characters at most. Shorten it."
COPIED_NOTHING_YET = "Let it write something first."
COPIED_NO_TEXT = "The text that this model learnt from is not here, only the model. So nobody can say what it copied. A model that you train here keeps its text."
COPIED_NOT_YOURS = (
    "The text that this model learnt from belongs to the person who trained it. Only that person can compare."
)
COPIED_FACTS = (
    "{share:.0%} appears word for word in the text it learnt from. The longest such stretch has {longest} characters."
)
COPIED_NONE = "No stretch of {shortest} characters or more appears in the text it learnt from: these are its own words."
COPIED_LITTLE = "Some phrases are quoted; most of it is its own."
COPIED_MUCH = "Much of it is quoted. Try a higher temperature, or stop the training earlier."
COPIED_MOST = "It has learnt the text by heart. Bring more text, train for fewer epochs, or add dropout."
COPIED_WHERE = "Where it appears in that text"
COPIED_PASSAGE = "{length} characters: “{beginning}”"

# Temperature
LAB = "Temperature"
LAB_LEAD = "## One start, the same dice, four temperatures\n\nOnly the temperature differs. A frame marks the first character that differs from the column to the left."
LAB_START_INFO = "All four texts go on from it."
LAB_LENGTH_INFO = "How many characters each text gets."
LAB_RUN, LAB_AGAIN = "Write four times", "Again, with other dice"
LAB_EMPTY = "Press Write four times."
LAB_TEMPERATURE = "temperature {number}"
LAB_DONE = "Written with seed {seed}. The same seed writes the same four texts again."
LAB_LINK, LAB_SAVE = "Copy the link to this lesson", "Save as a page to print"
LAB_LINK_INFO = "This page's address contains the model, start, temperatures, seed and length. Everybody who opens it gets the same lesson and the same characters."
LAB_ADDRESS = "address"
HANDOUT = "What temperature does"
PARTS = "The first character that differs from the column to the left"
CHOICES = "On average, it chose between about {count:.1f} characters."
WORDS = "{share:.0%} of its words appear in the text it learnt from."
WORDS_UNKNOWN = "The text it learnt from is not here, so its words cannot be compared."
NO_DICE = "At 0 there are no dice: every seed writes this text."
CIRCLES = "⟳ It goes in circles: “{phrase}”"

# Replay
REPLAY = "Replay"
REPLAY_LEAD = "## Back in time: how it learnt\n\nA run keeps its network before learning and after its epochs. Every one of them goes on from the same start with the same dice. Move the slider, or press Play."
REPLAY_MODEL_INFO = (
    "A model with its epochs: lamplighter-film comes with charlm, and every model that you train here keeps them."
)
REPLAY_START_INFO = "Every epoch goes on from it. If it is empty, it is the beginning of a line of the text."
REPLAY_ASK = "Ask every epoch"
REPLAY_EMPTY = "Press Ask every epoch."
REPLAY_SO_FAR = "{done} of {all} epochs have answered."
REPLAY_DONE = "All {all} kept epochs have answered with seed {seed}."
REPLAY_LIVE = "The run is under way: new epochs appear here."
PLAY, PAUSE = "Play", "Pause"
FILM_SLIDER = "epoch"
FILM_LOSS = "val_loss {val_loss:.3f}."
FILM_BEATS = "That is better than {name} ({loss:.2f})."
FILM_BEATS_NONE = "Guessing blindly would be no worse."
FILM_COPIED = "{share:.0%} of what it writes stands word for word in its text."
FILM_KEPT = "{count} networks of this run are kept, those after epoch {epochs} (0 is before learning). Of a long run some are left out, the late ones first."
FILM_UNSCORED = "No epoch has been scored yet."
PASSED = "It passed {name} ({loss:.2f}) in epoch {epoch}."
NOT_PASSED = "It has not passed {name} ({loss:.2f}): its best val_loss is {best:.2f}."
FILM_TABLE = "The film as a table"
COLUMNS_FILM = ("epoch", "val_loss", "copied", "likeliest next characters", "what it writes")
FILM_NONE = (
    "{name} has no epochs to go back to: only the network of its best epoch is here.",
    "Expected a model that was trained here, or the film that comes with charlm.",
    "A model from a file never has epochs, because the file would be very large. Choose another model.",
)
FILM_SHARED = (
    "The epochs of this model are not shared.",
    "Expected a model of your own, or one that everybody may see.",
    "Late epochs may know their text by heart, so only who trained the model can see them.",
)

# Side by side
CONTEST_TAB = "Side by side"
CONTEST_LEAD = "## Runs side by side\n\nChoose up to four runs: their curves stand in one chart. On **Train**, one click learns the same text with rnn, gru and lstm."
CONTEST_RUNS, CONTEST_INFO = "Runs", "Your own runs, and the models that everybody may see."
CONTEST_EMPTY = "Choose runs above."
CONTEST_WAITING = "None of these runs has finished an epoch yet."
CONTEST = "val_loss on the last tenth of the text, which no run learns from. Lower is better."
CONTEST_PLACE = "waits, place {place} in the queue"
CONTEST_LINK = "These runs have one address: {link} Everybody who opens it can watch them."
STATES = {"running": "learns", "ended": "done", "interrupted": "interrupted", "failed": "could not go on"}
UNITS, LAYERS = "{cell}, {units} units", ", {layers} layers"
CONTENDER_BEST = "{name}, best val_loss {val_loss:.3f} after epoch {epoch:g}."
CONTENDER_NONE = "{name}, no epoch yet."
COLUMNS_CONTEST = ("run", "network", "epochs", "best val_loss", "time", "state")
EVERY_CELL = "The same text with rnn, gru and lstm"

# Dice
DICE = "Dice"
DICE_LEAD = "## One character at a time\n\nThrow the dice, or choose a character yourself. Click on a character in the text to go back to it."
DICE_START_INFO = "The model goes on from this text. If it is empty, the model begins a new line."
DICE_SEED_INFO = "With the same start, seed and temperature it writes what the other tabs write."
TOP_K, TOP_K_INFO = "top-k", "Choose only among this many of the likeliest characters. 0 means all of them."
THROW, STEP_BACK, AFRESH = "Throw the dice", "One step back", "From the start"
THROW_EMPTY = "The characters lie side by side, the likeliest first. A likelier character takes more room. The dice fall on one of them."
FELL = "The dice fell on {number:.3f}. The character there is <b>{character}</b>: it goes from {low:.3f} to {high:.3f}."
BY_HAND = "You chose <b>{character}</b>; it had a chance of {chance:.1%}."
GO_BACK, PICK = "Go back to here", "Choose this one"
WALK_TOO_LONG = (
    "The text is too long for the dice.",
    "Expected {most:,} characters at most.",
    "Press From the start, or shorten the start.",
)

# Surprise
SURPRISE = "Surprise"
SURPRISE_LEAD = "## How surprised is it?\n\nPaste a sentence. The higher the bar behind a character, the less the model expected it."
SENTENCE, SENTENCE_INFO = "Sentence", "Any text of up to 2,000 characters."
SURPRISE_EXAMPLE = "To be, or not to be, that is the question."
SENTENCE_EMPTY = ("There is no sentence.", "Expected some text.", "Paste or write one.")
SENTENCE_TOO_LONG = ("The text has {count:,} characters.", "Expected {most:,} at most.", "Shorten it.")
OTHER_MODEL, OTHER_MODEL_INFO = "Second model", "It reads the same sentence, so that you can compare."
SURPRISE_RUN = "Show the surprise"
SURPRISE_TOTAL = "{mean:.2f} bits per character ({total:,.0f} bits for {count:,} characters)"
BITS = "{bits:.1f} bits"
SURPRISE_TABLE = "The same as a table"
COLUMNS_SURPRISE = ("character", "bits", "expected instead", "how likely")
STYLE = "It sounds like {name}: {less:.2f} bits per character, against {more:.2f} for {other}."
STYLE_CLOSE = "Both find it equally likely: {name} {less:.2f} bits per character, {other} {more:.2f}."

# Inside
INSIDE = "Inside"
INSIDE_GIVEN = "a given text"
INSIDE_LEAD = "## What goes on inside?\n\nThe model reads this text. Click on a character or on a cell; on the text, the arrow keys move, too. Cells and characters are counted from 0."
INSIDE_TEXT, INSIDE_TEXT_INFO = "Text", "Up to 600 characters. Change it, or take another one below."
INSIDE_EXAMPLES = {
    "shakespeare": "ROMEO:\nBut, soft! what light through yonder window breaks?\nIt is the east, and Juliet is the sun.\n\nJULIET:\nO Romeo, Romeo! wherefore art thou Romeo?\nDeny thy father and refuse thy name;\nOr, if thou wilt not, be but sworn my love,\nAnd I'll no longer be a Capulet.\n",
    "quijote": "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho\ntiempo que vivía un hidalgo de los de lanza en astillero, adarga antigua,\nrocín flaco y galgo corredor.\n",
}
INSIDE_OWN_TEXT, INSIDE_WRITE = "From its text", "Let it write one"
INSIDE_NO_OWN_TEXT = "The text that this model learnt from is not here, or belongs to the person who trained it. Let the model write one."
INSIDE_CELLS, INSIDE_REACH, INSIDE_EMBEDDING, INSIDE_NETWORK = "Cells", "Reach", "Embedding", "Network"
INSIDE_BY_KEYS = "The text, character by character. The left and right arrow keys choose a character."
INSIDE_LAYER, INSIDE_CELL, INSIDE_PLACE = "layer", "cell", "character"
INSIDE_MEAN = "show the gates as the mean of the layer"
INSIDE_HERE = "Cell {cell} of layer {layer}, after character {place} ({character}): {value}."
INSIDE_LEGEND = '<span class="tone plus sure">orange, line above</span>: more than zero. <span class="tone minus sure">blue, line below</span>: less than zero. The stronger the colour, the further from zero.'
INSIDE_LANES = "The bars below each character are the gates, from above: {names}. A high bar is an open gate."
GATES = {
    "input": "input gate",
    "forget": "forget gate",
    "output": "output gate",
    "update": "update gate",
    "reset": "reset gate",
}
OPEN_GATES = {
    "input": "lets something new in",
    "forget": "keeps what is there",
    "output": "shows it to the rest of the network",
    "update": "keeps what is there",
    "reset": "uses what is there",
}
NO_GATES = "A plain recurrent cell has no gates."
INSIDE_TABLE = "The same as a table"
COLUMNS_CELL = ("", "character", "activation")
INSIDE_ALL = "All cells after character {place} ({character})"
INSIDE_STRONGEST = "The strongest:"
LAYER = "Layer {layer}"
CELL_OF_LAYER, CELL_ALONE = "cell {cell} of layer {layer}", "cell {cell}"
INSIDE_FOLLOWERS_TITLE = (
    "### What do the cells follow?\n\nThe model reads a long text, and each cell is compared with features of the text."
)
INSIDE_FIND = "Find out"
INSIDE_FOLLOWS = "{cell}: {feature}, r = {r}"
INSIDE_FOLLOWERS = "{count} of {all} cells follow one of the features. Choose one to see it in the text:"
INSIDE_NO_FOLLOWERS = "No cell follows one of the features clearly (|r| of 0.5 or more)."
INSIDE_READING = "Reading: {read:,} of {characters:,} characters."
INSIDE_WRITING = "The text that it learnt from is not here, so the model writes one first: {count:,} characters."
INSIDE_CHANCE = "By chance alone, a cell reaches |r| = {chance:.2f} on this text. r is the correlation: 1 follows exactly, −1 does the opposite, 0 has nothing to do with it."
INSIDE_SOURCES = {
    "held out": "Examined on {count:,} characters of its text that it never learnt from.",
    "given": "Examined on {count:,} characters of a text that it did not learn.",
    "written": "Examined on {count:,} characters that the model wrote itself, because its text is not here.",
}
FEATURES = {
    "position in line": "position in the line",
    "line end near": "the line end is near",
    "line start": "a line begins",
    "paragraph start": "a paragraph begins",
    "speaker line": "a speaker's name",
    "inside quotes": "inside quotation marks",
    "inside brackets": "inside brackets",
    "after a space": "after a space",
    "after a capital": "after a capital",
    "word length so far": "length of the word so far",
    "vowel next": "a vowel comes next",
    "digit": "a digit",
}
INSIDE_SWITCH_TITLE = (
    "### Switch it off\n\nThe chosen cell is held still, and the model writes from the same start with the same dice."
)
INSIDE_HOLD = "Hold the cell at"
INSIDE_HOLDS = {"zero": "zero", "mean": "its mean"}
INSIDE_SWITCH = "Switch this cell off"
INSIDE_WITH, INSIDE_WITHOUT = "With {cell}", "With {cell} held at {value}"
INSIDE_MEASURING = "Writing, and then measuring what it costs …"
INSIDE_SAME = "Both texts are the same: this cell changed nothing here."
INSIDE_COST = "Without {cell} the model needs {more:+.3f} nats more for each character: {without:.3f} in place of {with_cell:.3f}, on {characters:,} characters."
INSIDE_FEATURE_COST = "Where it counts ({feature}): {more:+.3f} nats, {without:.3f} in place of {with_cell:.3f}, on {characters:,} characters."
REACH_LEAD = "How far back does it lean? The darker a character, the more the network's answer at the chosen one depends on it. This is the gradient of the chosen character's logit by each earlier input."
REACH_HERE = "Character {place} ({character}) depends most on {other}, at a distance of {back}."
REACH_NOTHING = "Nothing comes before {character}. Choose a later character."
REACH_MODELS, REACH_MODELS_INFO = (
    "Beside it",
    "Up to two other models, for example one with plain cells (rnn) and one with gates (lstm, gru).",
)
REACH_RUN = "Draw the curve"
REACH_CHART = "The gradient at each distance: the mean over several characters of the text, relative to each model's largest. A curve that falls fast is a vanishing gradient."
REACH_DISTANCE = "characters back"
REACH_HALF = "half of the whole gradient lies within {half} characters, nine tenths within {most}."
EMBEDDING_LEAD = "An id is only a number. One-hot makes a vector of it with a single 1. That 1 picks a row out of the embedding, and this row is all that the network sees of the character."
CHARACTER, CHARACTER_INFO = "Character", "Or click on one on the map."
ROW_HERE = "{character} has the id {id}: the one-hot vector has {size} numbers, the row of the embedding has {dim}."
ONE_HOT, ROW = "One-hot: a 1 at the id, 0 elsewhere", "The row that it picks: orange bars go up, blue ones down"
WHICH_TABLE = "Which table"
TABLES = {"after": "after learning", "before": "before learning", "changed": "what learning changed"}
TABLE_UNKNOWN = "What this table was before learning is no longer known."
MAP_SHOWS = "The characters on a plane (PCA): near means similar, as far as a plane can show it. This one shows {share:.0%} of the differences."
MAP_KEY = "Circle: vowel. Square: capital. Triangle: digit."
NEIGHBOURS = "Rows most similar to that of {character}"
COLUMNS_NEIGHBOURS = ("character", "cosine")
PARAMETERS, PARAMETERS_ALL = "{count:,} parameters", "{count:,} parameters in all: the numbers that learning changes."
PART_NAMES = {"ids": "ids", "embedding": "Embedding", "recurrent": "{cell}, layer {number}", "dense": "Dense"}
PART_SHAPES = {
    "ids": "A character becomes its number in the alphabet.",
    "embedding": "A table of {takes} rows with {gives} numbers each. The id picks a row.",
    "recurrent": "{takes} numbers go in, and its own {gives} from the character before. {gives} come out.",
    "dense": "{takes} numbers go in. {gives} logits come out, one for each character of the alphabet.",
}
PART_GATES = {
    4: "Three gates (input, forget, output) and a candidate.",
    3: "Two gates (update, reset) and a candidate.",
    1: "No gates.",
}
COLUMNS_PARTS, TOGETHER = ("part", "array", "shape", "numbers"), "together"
GRADIENT_CHART = "The norm of the gradient before clipping. What is above the line is scaled down to it."
GRADIENT_CHART_FREE = "The norm of the gradient. It is not clipped in this run."
GRADIENT_CLIP = "clipped at {norm:g}"
GRADIENT_WORDS = "It went from {low:.2g} to {high:.2g}, and was {last:.2g} at the last step."
GRADIENT_CLIPPED = "{share:.0%} of the steps were clipped."

NO_NUMBER = "{name} is not a number. Expected a number. Type one."
CANNOT_READ = "The values that were sent cannot be read. Expected values as the page or the list of endpoints describes them. Check them and send them again."
HALF_A_CHARACTER = "A text that was sent contains half a character (a lone surrogate). Expected whole characters. Remove it and send the text again."
NOT_UPLOADED = (
    "A file that you named is not here. Expected a file that you sent to this page within the last hour. Send it again."
)
NOT_POSSIBLE = "That does not work"
PRIVACY = "Texts and models stay on the computer that runs this page."
PRIVACY_HOURS = "They are deleted {hours:g} hours after their last change."
LIMITS = "The limits of this machine. For a text: files of {upload_mb} MB, {characters:,} characters, {alphabet:,} different characters. For a run: {units:,} units, {epochs:,} epochs, {minutes:g} minutes. At a time: {runs} of your runs, and {waiting} waiting runs of all visitors. For writing: {length:,} characters at once. On the disk: {disk_mb:,} MB for the runs of all visitors."


def clock(seconds: float) -> str:
    """A duration with its unit: seconds, minutes or hours."""
    seconds = max(0, round(seconds))
    if seconds < 100:
        return f"{seconds} s"
    if seconds < 5_400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
