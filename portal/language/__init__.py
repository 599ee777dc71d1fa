"""How are Kazakh, Russian and English words compared? Pure: no files, no network, no framework."""
