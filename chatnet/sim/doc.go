// Package sim runs whole chats inside one process, with bad luck: the real
// hub, server, dialect and clients over a network and disks of its own that
// fail as a seed says. It writes down what everybody saw, and holds the record
// against the invariants of DELIVERY section 6. Only tests and tools import it.
//
// One goroutine, the driver (World.run), decides everything that is chance: it
// waits until the whole bubble is idle, gathers what was written, dialled and
// put on disk meanwhile, in a fixed order, and lets the next happening of the one
// queue come true. Delays, cuts of the stream, faults and what people say come
// from streams of chance that belong to a connection, a disk or a script, never
// to the order in which goroutines ran. Time is the bubble's (testing/synctest).
//
// What is not exact: of two channels that are ready at the same instant, a
// select of the product takes any, and Go's dice for that cannot be seeded. On
// one processor about half of all seeds give the same history to the last
// record, the others part somewhere; a bug that a seed finds, it finds again.
//
// What is not here: the real sqlite store. Its Go port lets a program bring a
// file system for reading alone; one that loses writes would need unsafe code.
// The store here keeps the same contract on a disk that does (logstore.go), and
// the real one is killed and starved as a process, in its own tests.
//
// What is where:
//
//	world.go queue.go chance.go   the driver, its queue, its dice
//	network.go way.go conn.go dial.go
//	                              connections that delay, cut, join, stall, vanish
//	disk.go file.go power.go      disks that fail, fill up, and lose what was not synced
//	logstore.go logfile.go        a store.Store on such a disk
//	host.go person.go front.go script.go
//	                              the server and the clients: their lives and deaths
//	run.go plan.go                a world from its start to its end, and its faults
//	history.go tap.go trace.go    what happened, as records and as text
//	check.go check_*.go           the invariants, over records alone
//	bugs_*test.go                 known bugs, put in at the seams, that must be found
package sim
