package hub_test

import (
	"context"
	"fmt"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/store/sqlite"
)

// BenchmarkSearch asks a server with a million messages in 64 rooms, all of
// which the asker may read.
func BenchmarkSearch(b *testing.B) {
	ctx := context.Background()
	path := greatPath(b)
	for _, text := range []string{
		"needle", "会议", "message", "mess", "w4*", "w1 w2", "w900 in:room7", "w1 in:room7", "message from:ada", "needle before:2023-11-20",
		"people before:2023-11-20 after:2023-11-19", "has:link", "nothingofthekind", "a",
	} {
		b.Run(text, func(b *testing.B) {
			s, err := sqlite.Open(ctx, path)
			if err != nil {
				b.Fatal(err)
			}
			err = start(ctx, s, func(a *asker) error {
				if _, err := a.ask(ctx, chatnet.Join{Name: chatnet.Lobby()}); err != nil {
					return err
				}
				b.ResetTimer()
				hits := 0
				for b.Loop() {
					answer, err := a.ask(ctx, chatnet.Search{Text: chatnet.Clean(text)})
					if err != nil {
						return fmt.Errorf("%s: %w", text, err)
					}
					hits = len(answer.(chatnet.Hits).Events)
				}
				b.StopTimer()
				b.ReportMetric(float64(hits), "hits")
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
