package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"

	"tchat/chatnet"
)

// How long a peer is given at the end: to take a last word after it took
// nothing else, and to close its side after a goodbye.
const (
	lastWord = 50 * time.Millisecond
	farewell = time.Second
)

// maxAway is how many bytes are read away behind a goodbye: who sends more does
// not listen.
const maxAway = 256 << 10

// bye tells the peer why the connection ends, and ends it.
func (c *conn) bye(why *chatnet.Error) error {
	if c.talker != nil {
		last := c.talker.Hear(chatnet.Delivery{Bye: why}).Writes
		if !c.pace.put(last) {
			c.pace.put(last) // what waited is dropped; drain writes this
		}
		return fmt.Errorf("%w: %s", errEnded, why.Code)
	}
	if err := c.write(c.conv.Deliver(chatnet.Delivery{Bye: why})); err != nil {
		return c.failed(err)
	}
	return fmt.Errorf("%w: %s", errEnded, why.Code)
}

// failed passes a failed write on; a slow peer gets one attempt at a reason,
// if its stream stopped between two messages.
func (c *conn) failed(err error) error {
	if errors.Is(err, errSlow) && !c.torn {
		c.torn = true
		why := chatnet.E(chatnet.CodeBusy, "nothing was read for "+chatnet.WriteLimit.String()+"; come back to read on")
		if c.raw.SetWriteDeadline(time.Now().Add(lastWord)) == nil {
			_, _ = c.raw.Conn.Write(c.conv.Deliver(chatnet.Delivery{Bye: why})) // one attempt
		}
	}
	return err
}

// close ends the connection and waits for its reader. After a goodbye the
// peer gets a moment to read it: closing over unread input would be a reset,
// which takes the goodbye with it. A peer that is slow or gone gets no such
// courtesy (DELIVERY C2).
func (c *conn) close(ctx context.Context, r *reader, why error) {
	defer func() {
		c.cut()
		close(r.stop)
		<-r.done
	}()
	tcp, _ := c.raw.Conn.(*net.TCPConn)
	switch {
	case errors.Is(why, errSlow), errors.Is(why, errSilent):
		if tcp != nil {
			_ = tcp.SetLinger(0) // it is closed next, whatever this says
		}
	case errors.Is(why, errEnded):
		if c.talker != nil {
			c.drain(ctx, r)
		}
		if !c.pace.m.Abort {
			c.linger(r)
		}
	}
}

// linger closes the writing side and reads on until the peer closes its own.
func (c *conn) linger(r *reader) {
	half, ok := c.nc.(interface{ CloseWrite() error })
	if !ok {
		half, ok = c.raw.Conn.(interface{ CloseWrite() error })
	}
	if !ok || half.CloseWrite() != nil {
		return
	}
	timer := time.NewTimer(farewell)
	defer timer.Stop()
	for away := 0; away <= maxAway; {
		select {
		case in := <-r.in:
			away += len(in.p)
		case r.next <- struct{}{}:
		case <-r.done:
			return
		case <-timer.C:
			return
		}
	}
}

// welcome reports whether the peer may use this door: one in clear is for
// loopback and private networks, unless it says otherwise.
func (c *conn) welcome() bool {
	if c.peer.Secure || c.door.Public {
		return true
	}
	tcp, ok := c.raw.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return true // a peer on this machine
	}
	ip := tcp.AddrPort().Addr().Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
}

// masked returns an address as logs may have it: a person's network, not the
// person.
func masked(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return a.Network()
	}
	ip := tcp.AddrPort().Addr().Unmap()
	if ip.IsLoopback() {
		return "loopback"
	}
	bits := 24
	if ip.Is6() {
		bits = 64
	}
	return netip.PrefixFrom(ip.WithZone(""), bits).Masked().String()
}
