"""The page. Only this folder uses Gradio. Its drawings turn events and facts into HTML; its tabs show them."""
