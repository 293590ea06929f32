"""Files that users hand in through the page become documents of the index, in the background.

``item``      a file on its way, and what became of it
``staging``   the files' bytes and a small journal, on disk beside the index until they are done
``worker``    the process that reads, encodes and adds; it runs at low priority, so that asking goes first
``hand``      the worker as seen from here: started when needed, ended when idle or told to stop
``intake``    the queue: one file at a time, whoever watches
"""
