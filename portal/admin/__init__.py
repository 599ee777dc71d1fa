"""Where does an administrator see and change what the other features keep? Pages only; nothing is stored here."""
