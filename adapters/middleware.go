package adapters

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"
	"unicode"

	"verbatim/answers"
	"verbatim/state"
)

// Middleware is a Handler around another.
type Middleware func(Handler) Handler

// Chain puts middleware around a handler; the first hears a message first.
func Chain(h Handler, around ...Middleware) Handler {
	for i := len(around) - 1; i >= 0; i-- {
		h = around[i](h)
	}
	return h
}

const (
	// stateWait is how long a message waits for state in a handler, in all its calls
	// together. With as much for its claim (state.DefaultWait), an answer waits
	// 200 ms at the most, which nobody notices; a store that works takes a few.
	stateWait = 100 * time.Millisecond

	// DefaultConversationTTL is how long a conversation may rest and go on: who comes
	// back after more than an hour begins anew.
	DefaultConversationTTL = time.Hour
)

// errNoTime: the time for state went to earlier calls.
var errNoTime = errors.New("no time is left for state")

type stateTimeKey struct{}

// withStateTime gives the handlers of a message stateWait together, unless
// StateTime gave them another time.
func withStateTime(ctx context.Context) context.Context {
	if ctx.Value(stateTimeKey{}) != nil {
		return ctx
	}
	return timed(ctx, stateWait)
}

func timed(ctx context.Context, left time.Duration) context.Context {
	return context.WithValue(ctx, stateTimeKey{}, &left)
}

// StateTime has the handlers of a message wait for state for up to d together, in
// place of 100 ms. It stands before them.
func StateTime(d time.Duration) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, m Message) answers.Answer {
			return next.Handle(timed(ctx, d), m)
		})
	}
}

// onStateTime makes a call of a store in the time that is left.
func onStateTime[T any](ctx context.Context, call func(context.Context) (T, error)) (T, error) {
	left := ctx.Value(stateTimeKey{}).(*time.Duration) // a message is handled by one goroutine
	if *left <= 0 {
		var none T
		return none, errNoTime
	}
	r, used, err := state.Within(ctx, *left, call)
	*left -= used
	return r, err
}

// Conversations answers with an engine, and keeps in a store what the next
// question of a conversation needs to know, for ttl after each. A store that is
// away costs the follow-up, not the answer.
func Conversations(engine Engine, store state.Store, ttl time.Duration) Handler {
	return HandlerFunc(func(ctx context.Context, m Message) answers.Answer {
		ctx = withStateTime(ctx)
		store := state.In(store, m.Space)
		m.Text = Bounded(m.Text)
		q := answers.Question{Text: m.Text, Source: m.Source}
		if m.Conversation != "" && !m.Check {
			turn, err := onStateTime(ctx, func(ctx context.Context) ([]byte, error) { return store.Conversation(ctx, m.Conversation) })
			if err != nil || json.Unmarshal(turn, &q.Previous) != nil {
				q.Previous = answers.Turn{} // none, or an older version's
			}
		}
		var a answers.Answer
		if m.Check {
			a = engine.Check(q)
		} else {
			a = engine.Ask(q)
		}
		// A check stands alone, and leaves the conversation as it is.
		if turn, err := json.Marshal(a.Turn); err == nil && a.Turn.Kind != "" && m.meant(a) {
			for _, key := range []string{m.Conversation, m.Branch} {
				if key == "" {
					continue
				}
				_, _ = onStateTime(ctx, func(ctx context.Context) (none struct{}, _ error) {
					return none, store.SetConversation(ctx, key, turn, ttl)
				})
			}
		}
		return a
	})
}

const (
	// longestText is how much of a message is read, in bytes: Slack's longest has
	// 40,000 characters.
	longestText = 40_000
	// longestWord is how much of a word is read, in letters. The longest in use have
	// some fifty, addresses some hundreds; matching compares words letter by letter,
	// and would be busy for seconds with one of many thousands.
	longestWord = 256
)

// Bounded is a text without what is too long to be read: the end of a long text, and
// the ends of long words of the scripts that put spaces between words.
func Bounded(text string) string {
	if len(text) > longestText {
		text = strings.ToValidUTF8(text[:longestText], "")
	}
	if len(text) <= longestWord {
		return text
	}
	n := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r > lastSpaced || unicode.IsSpace(r):
			n = 0
		case n == longestWord:
			return -1
		default:
			n++
		}
		return r
	}, text)
}

// lastSpaced is the last letter of the scripts (Latin, Greek, Cyrillic) of whose words
// Bounded cuts the ends: others may write whole sentences without a space.
const lastSpaced = 0x052F

// Recover answers in place of a handler that panics, and logs where it did.
func Recover(log *slog.Logger) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, m Message) (a answers.Answer) {
			defer func() {
				if p := recover(); p != nil {
					// The value may hold the text of the message: its type has to do.
					log.Error("a question could not be answered: a panic", "request", RequestID(ctx), "platform", m.Platform,
						"panic", Panicked(p), "stack", string(debug.Stack()))
					a = answers.Answer{Kind: answers.Chat, Lead: "Something went wrong on my side. Please ask in other words."}
				}
			}()
			return next.Handle(ctx, m)
		})
	}
}

// Panicked describes a panic without what it may have been about.
func Panicked(p any) string {
	if err, ok := p.(interface{ RuntimeError() }); ok {
		return fmt.Sprint(err) // of indices and nil pointers, never of data
	}
	return fmt.Sprintf("%T", p)
}

type requestKey struct{}

// RequestID is the id under which Log logs a message, "" outside of Log.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// Log logs each answer in one line: what was answered and how fast, never what was
// asked or who asked.
func Log(log *slog.Logger) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, m Message) answers.Answer {
			id := rand.Text()[:12]
			began := time.Now()
			a := next.Handle(context.WithValue(ctx, requestKey{}, id), m)
			log.LogAttrs(ctx, slog.LevelInfo, "answered",
				slog.String("request", id), slog.String("platform", m.Platform), slog.String("event", m.ID),
				slog.Bool("check", m.Check), slog.String("kind", string(a.Kind)), slog.String("intent", a.Intent),
				slog.Float64("confidence", a.Confidence), slog.Int("quotes", len(a.Quotes)),
				slog.Duration("took", time.Since(began)))
			return a
		})
	}
}

// KindOf is the kind of the answer to a question: whether something is so, where the
// source does not say, is not covered.
func KindOf(a answers.Answer) answers.Kind {
	if a.Kind == answers.Verdict && a.Finding == answers.Absent && len(a.Quotes) == 0 {
		return answers.NotCovered
	}
	return a.Kind
}

// Journal writes into the journal what was not answered, or not with at least the
// confidence sure. A greeting is no question, and a limit's answer none either.
func Journal(w *state.JournalWriter, sure float64) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, m Message) answers.Answer {
			a := next.Handle(ctx, m)
			kind := a.Kind
			if !m.Check {
				kind = KindOf(a)
			}
			doubtful := kind == answers.NotCovered || kind == answers.Clarify || a.Confidence < sure
			if doubtful && kind != answers.Chat && m.meant(a) {
				w.Add(state.Entry{
					What: "question", Platform: m.Platform, Space: m.Space, Text: m.Text, Person: m.Person,
					Kind: string(kind), Intent: a.Intent, Confidence: a.Confidence,
				})
			}
			return a
		})
	}
}
