package server

import (
	"context"
	"time"

	"tchat/chatnet"
	"tchat/chatnet/hub"
	"tchat/chatnet/wire"
)

// apply does what a step asks for, and what a talker says to the outcome.
func (c *conn) apply(ctx context.Context, st wire.Step) error {
	for {
		refused, err := c.once(ctx, st)
		if err != nil {
			return err
		}
		next := wire.Step{}
		if len(refused) > 0 {
			if next, err = c.answer(chatnet.Delivery{Replies: refused}); err != nil {
				return err
			}
		}
		if st.End {
			return errEnded
		}
		c.remember(st)
		if len(refused) == 0 {
			return nil
		}
		st = next
	}
}

// once does what a step asks for and returns what is refused. The step's
// slices are valid until the conversation's next call, so the answers to that
// come later.
func (c *conn) once(ctx context.Context, st wire.Step) (refused []chatnet.Reply, err error) {
	if err := c.write(st.Out); err != nil {
		return nil, c.failed(err)
	}
	if err := c.say(st.Writes); err != nil {
		return nil, err
	}
	if st.Hello != nil {
		why, err := c.hello(ctx, *st.Hello)
		if err != nil {
			return nil, err
		}
		if why != nil {
			refused = append(refused, chatnet.Reply{Err: why})
		}
	}
	for _, call := range st.Calls {
		if why := c.submit(call); why != nil {
			refused = append(refused, chatnet.Reply{ID: call.ID, Err: why})
		}
	}
	return refused, nil
}

// remember notes what a talker wants of the loop.
func (c *conn) remember(st wire.Step) {
	if c.talker == nil {
		return
	}
	c.hold = st.Hold
	if st.Wait > 0 {
		c.lateAt = time.Now().Add(st.Wait)
	}
}

// answer gives the conversation what there is for its peer.
func (c *conn) answer(d chatnet.Delivery) (wire.Step, error) {
	if c.talker != nil {
		return c.talker.Hear(d), nil
	}
	return wire.Step{}, c.failed(c.write(c.conv.Deliver(d)))
}

// hello begins the session. A talker's hello may be refused for a reason.
func (c *conn) hello(ctx context.Context, h chatnet.Hello) (refused *chatnet.Error, err error) {
	if c.session != nil {
		return nil, c.bye(chatnet.E(chatnet.CodeProtocol, "there was a hello already"))
	}
	session, err := c.enter(ctx, h)
	if chatnet.CodeOf(err) == chatnet.CodeNickTaken && c.s.probe(h.Nick.Key()) {
		if !c.s.wait(ctx, probeLimit) {
			return nil, errClosed
		}
		session, err = c.enter(ctx, h)
	}
	switch {
	case err != nil && c.talker != nil:
		return chatnet.AsError(err), nil
	case err != nil:
		return nil, c.bye(chatnet.AsError(err))
	}
	c.session = session
	c.s.greeted(c)
	c.name(h.Nick)
	return nil, nil
}

func (c *conn) enter(ctx context.Context, h chatnet.Hello) (*hub.Session, error) {
	return c.s.cfg.Hub.Enter(ctx, hub.Peer{
		User: c.peer.User, Operator: c.peer.Operator, Addr: c.peer.Addr, Door: c.scheme(),
	}, h)
}

// submit passes a call on, and returns why the session does not take it.
func (c *conn) submit(call chatnet.Call) *chatnet.Error {
	if c.session == nil {
		return chatnet.E(chatnet.CodeProtocol, "say hello first")
	}
	return chatnet.AsError(c.session.Submit(call))
}
