// Package native is tchat's own dialect, both ends of it: one JSON object a
// line, strict, written down in PROTOCOL.md beside this file. A comment that
// says PROTOCOL 4.2 means that section; a test holds page and code together.
//
// What is where:
//
//	server end   New, Dialect (dialect.go), the conversation (conversation.go)
//	client end   AppendHello, AppendCall, AppendPing, AppendPong, Reader
//	both         AppendEvent and ParseEvent, also the form of the client's cache
//
//	doc.go       this map
//	scan.go      strict JSON: bytes to a flat list of nodes
//	unquote.go   JSON strings
//	object.go    one object's members, taken by name and type
//	append.go    values to bytes, without reflection
//	hello.go request.go event.go reply.go info.go signal.go
//	             one file for each kind of line, both directions side by side
//	reader.go    the client's Reader
//
// Foreign strings become chatnet's types here, at both ends, and nowhere else.
package native
