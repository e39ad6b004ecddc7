"""The page: the only folder that knows Gradio. Views turn events and facts into what is shown; tabs wire them up."""
