package client

import "errors"

// Kill ends a client as kill -9 would: nothing is flushed or tidied.
func (c *Client) Kill() error {
	return errors.Join(c.out.journal.file.Close(), c.dir.close())
}

// UpdatesBound is how many updates wait for the front end.
const UpdatesBound = updates

// MaxSays is how many messages may be unanswered.
const MaxSays = maxSays

// FillOutbox makes the outbox look full.
func (c *Client) FillOutbox() { c.out.bytes = maxBytes }
