"""SQLite whose writers of one process wait in a queue, each as long as those before it need."""
