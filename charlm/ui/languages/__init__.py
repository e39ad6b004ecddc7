"""Every sentence of the page, a table for each language."""
