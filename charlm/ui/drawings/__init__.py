"""Facts in, HTML or SVG out: pure functions that know nothing of Gradio."""
