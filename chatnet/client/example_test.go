package client_test

import (
	"context"
	"fmt"
	"os"

	"tchat/chatnet"
	"tchat/chatnet/client"
	"tchat/chatnet/identity"
)

// A bot that greets whoever says its name, and leaves when it is sent away.
func Example() {
	server := newFake() // stands for a real one, which needs no Dial
	dir, _ := os.MkdirTemp("", "bot")
	defer func() { _ = os.RemoveAll(dir) }()
	address, _ := identity.ParseAddress("tchat+insecure://chat.example")

	bot, err := client.New(client.Config{Address: address, Dir: dir, Nick: chatnet.MustNick("bot"), Dial: server.Dial})
	if err != nil {
		fmt.Println(err)
		return
	}
	go func() { _ = bot.Run(context.Background()) }()
	for u := range bot.Updates() {
		switch u := u.(type) {
		case chatnet.Welcomed:
			go server.say(lobby, "hello bot", "go away bot")
		case chatnet.Arrived:
			for _, ev := range u.Events {
				said, _ := ev.Body.(chatnet.Said)
				fmt.Println(ev.Room, said.Text)
				switch said.Text.String() {
				case "hello bot":
					err = bot.Do(chatnet.Say{Room: ev.Room, Text: chatnet.Clean("hello " + ev.Nick.String())})
				case "go away bot":
					err = bot.Do(chatnet.Quit{})
				}
			}
		default: // a bot that only talks needs no other
		}
	}
	fmt.Println(err, bot.Close())
	server.close()
	// Unordered output:
	// r-lobby hello bot
	// r-lobby go away bot
	// r-lobby hello ada
	// <nil> <nil>
}
