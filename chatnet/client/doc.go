// Package client is the side of a chat that outlives its connections: an
// outbox on disk, a cursor and a cache for every room, and a link that dials
// again by itself. It knows no screen: a front end, or a bot, reads Updates and
// calls Do.
//
//	c, err := client.New(client.Config{Address: address, Dir: dir, Nick: nick})
//	go c.Run(ctx)
//	for u := range c.Updates() { ... c.Do(chatnet.Say{Room: room, Text: text}) ... }
//
// Who owns what:
//
//	Do        any goroutine; writes the outbox itself, never waits for the network
//	engine    the goroutine of Run: owns the link, the rooms and what is unanswered.
//	          It never blocks: what the front end has not taken yet waits in a
//	          bounded list, and while that is full nothing is read from the network
//	dialler   one goroutine while a connection is being made
//	conn      a reader and a writer, which only move bytes; Run waits for them
//
// What is where:
//
//	client.go config.go   the exported names
//	disk.go               where the folder is: the machine's disk, or a simulated one
//	dir.go numbers.go     the folder, its lock, the client's id and its counter
//	journal.go outbox.go  what was said and is not yet stored (DELIVERY S1, S6)
//	header.go room.go mask.go page.go cache.go
//	                      rooms on disk, and how far they were read (DELIVERY R2)
//	dial.go trust.go fault.go
//	                      a connection to the right server, or a sentence why not
//	conn.go engine.go link.go receive.go enter.go send.go reply.go older.go quit.go
//	                      the engine, a file a concern
package client
