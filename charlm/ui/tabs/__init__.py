"""The page's tabs: each puts its controls on the page and wires them to what they ask for."""
