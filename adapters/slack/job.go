package slack

import (
	"encoding/json"
	"fmt"
	"strings"

	"verbatim/adapters"
	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/state"
)

// job is one thing that somebody did and that is to be reacted to once. It is
// stored with its claim as JSON, so that another replica can finish it.
type job struct {
	// ID is the same at each redelivery.
	ID string `json:"id"`
	// Do is what to do.
	Do deed `json:"do"`
	// To is where an answer goes.
	To place `json:"to,omitempty"`

	Team    string `json:"team,omitempty"`
	Channel string `json:"channel,omitempty"`
	// Thread is the thread to answer in; empty for the channel itself.
	Thread string `json:"thread,omitempty"`
	User   string `json:"user,omitempty"`

	// Text is the question, or the words to check, as plain text.
	Text  string `json:"text,omitempty"`
	Check bool   `json:"check,omitempty"`
	// Source is the article that is asked alone: the channel's.
	Source string `json:"source,omitempty"`
	// Words are the texts of a message that somebody points at: the first that the
	// article has is checked.
	Words []string `json:"words,omitempty"`
	// Above: the question is whether the message above is right; Asked is the time
	// of the one that asks it.
	Above bool   `json:"above,omitempty"`
	Asked string `json:"asked,omitempty"`
	// Value is what the pressed button carried.
	Value string `json:"value,omitempty"`
	// Message is the message that a button belongs to; Press names the button there.
	Message string `json:"message,omitempty"`
	Press   string `json:"press,omitempty"`

	// ResponseURL answers where the bot is no member, for 30 minutes; Trigger
	// opens a view, for 3 seconds; View is the open view.
	ResponseURL string `json:"response_url,omitempty"`
	Trigger     string `json:"trigger,omitempty"`
	View        string `json:"view,omitempty"`

	// Command: a slash command, whose acknowledgement may say something.
	Command bool `json:"command,omitempty"`
	// Open: everybody in the channel sees what a command leads to.
	Open bool `json:"open,omitempty"`
	// Closed: what is answered in private there is not to be shared with everybody.
	Closed bool `json:"closed,omitempty"`
	// Named: the answer says who asked what, since it was not written there.
	Named bool `json:"named,omitempty"`
	// Direct: a direct message; Pane: in the agent pane, which shows a status and
	// thread titles.
	Direct bool `json:"direct,omitempty"`
	Pane   bool `json:"pane,omitempty"`
	// Top: in the agent pane, not in a thread that was begun before.
	Top bool `json:"top,omitempty"`
	// Overheard: in a thread that the bot is in, without a mention.
	Overheard bool `json:"overheard,omitempty"`
}

// deed is what a job does.
type deed string

const (
	doAsk     deed = "ask"
	doHelp    deed = "help"
	doContext deed = "context"
	doShare   deed = "share"
	doDismiss deed = "dismiss"
	doVote    deed = "vote"
	doHome    deed = "home"
	doGreet   deed = "greet"
	doUse     deed = "use"    // set the article of a channel
	doRefuse  deed = "refuse" // the channel is not on the allow list
	// doWordless: a message was to be checked that shows no words.
	doWordless deed = "wordless"
)

// place is where an answer goes.
type place string

const (
	toThread  place = "thread"  // for everybody, in the thread or the conversation
	toPrivate place = "private" // for the one who asked
	toModal   place = "modal"   // in a view, where there is no conversation
)

// lanes name the queues that j waits in: what is posted to a channel goes out in order, and
// so does what one person is told in private. What is overheard waits only for what was
// said before it in its thread.
func (j job) lanes() []string {
	switch {
	case j.Overheard:
		return []string{j.threadPlace()}
	case j.To == toThread && j.Thread != "":
		return []string{j.Channel, j.threadPlace()}
	case j.To == toThread, j.Do == doShare:
		return []string{j.Channel}
	}
	return []string{j.Team + " " + j.User}
}

// conversation is the key of the conversation that j belongs to.
func (j job) conversation() string {
	switch {
	case j.To == toModal:
		return key(j.Team, "home", j.User)
	case j.To == toPrivate:
		return key(j.Team, j.Channel, j.Thread, j.User)
	case j.Top: // what is asked in the pane one after the other belongs together
		return key(j.Team, j.Channel)
	case j.Thread != "":
		return key(j.Team, j.Channel, j.Thread)
	}
	return key(j.Team, j.Channel)
}

// person is the key of who did it.
func (j job) person() string { return key(j.Team, j.User) }

// message is j as the handler gets it.
func (j job) message() adapters.Message {
	m := adapters.Message{ID: j.ID, Platform: Name, Conversation: j.conversation(), Person: j.person(), Text: j.Text, Check: j.Check, Source: j.Source}
	if j.Top { // its thread goes on with it
		m.Branch = key(j.Team, j.Channel, j.Thread)
	}
	return m
}

// marked reports whether what j leads to has an id by which it is found again: everybody
// sees it.
func (j job) marked() bool { return j.To == toThread || j.Do == doShare }

// shareKey names the sharing of an answer, whoever presses the button and how often.
func (j job) shareKey() string { return key("share", j.Team, j.Channel, j.Message) }

// click names the press of a person on a control, the same for a double click.
func (j job) click() string {
	return hashed("click", j.Team, j.User, j.Channel, j.Message, j.View, j.Press, j.Value)
}

// public reports whether everybody in a channel sees what j leads to.
func (j job) public() bool {
	return !j.Direct && (j.To == toThread && (j.Do == doAsk || j.Do == doHelp) || j.Do == doShare)
}

// unasked reports whether j leads to what a person sees without asking.
func (j job) unasked() bool { return j.Do == doHome || j.Do == doGreet || j.Do == doDismiss }

func key(parts ...string) string { return Name + ":" + strings.Join(parts, ":") }

// shared is an answer as a Share button carries it: enough to show it again
// without asking again, since the conversation has gone on.
type shared struct {
	Question string           `json:"q"`
	Check    bool             `json:"k,omitempty"`
	Kind     answers.Kind     `json:"a"`
	Intent   string           `json:"i,omitempty"`
	Finding  answers.Finding  `json:"f,omitempty"`
	Lead     string           `json:"l"`
	Keys     []string         `json:"p"`
	Frames   []string         `json:"r,omitempty"` // of the passages, where they are not their own
	Changes  []answers.Change `json:"c,omitempty"`
}

// share packs an answer into a button's value; "" where there is nothing to
// share or it does not fit.
func share(a answers.Answer, j job, find func(key string) (corpus.Passage, bool)) string {
	if len(a.Quotes) == 0 {
		return ""
	}
	s := shared{Question: clean(j.Text, maxAsked), Check: j.Check, Kind: a.Kind, Intent: a.Intent, Finding: a.Finding, Lead: a.Lead, Changes: a.Changes}
	own := true
	for _, p := range a.Quotes {
		s.Keys, s.Frames = append(s.Keys, p.Quote.Key()), append(s.Frames, p.Frame)
		if c, ok := find(p.Quote.Key()); ok {
			own = own && c.Frame == p.Frame
		}
	}
	if own {
		s.Frames = nil
	}
	value, err := json.Marshal(s)
	if err != nil || len(value) > maxValue {
		return ""
	}
	return string(value)
}

// unshare unpacks a button's value; false where the source has changed since.
func unshare(value string, find func(key string) (corpus.Passage, bool)) (shared, answers.Answer, bool) {
	var s shared
	if err := json.Unmarshal([]byte(value), &s); err != nil {
		return s, answers.Answer{}, false
	}
	a := answers.Answer{Kind: s.Kind, Intent: s.Intent, Finding: s.Finding, Lead: s.Lead, Changes: s.Changes}
	for i, k := range s.Keys {
		p, ok := find(k)
		if !ok {
			return s, a, false
		}
		if i < len(s.Frames) {
			p.Frame = s.Frames[i]
		}
		a.Quotes = append(a.Quotes, p)
	}
	return s, a, len(a.Quotes) > 0
}

// maxVotedOn is how much of a question a feedback button carries, in characters of
// UTF-16: what the journal keeps of one, and within what a button holds.
const maxVotedOn, maxIntent = 1000, 200

// voteValue is what a feedback button carries: the vote, what the answer was, and
// under it the question.
func voteValue(vote int, a answers.Answer, question string) string {
	about := fmt.Sprintf("%+d %s %s\n", vote, a.Kind, adapters.Clip(adapters.Clean(a.Intent), maxIntent))
	return strings.TrimSuffix(about+clean(question, maxVotedOn), "\n")
}

// readVote reads voteValue's result.
func readVote(value string) (e state.Entry, ok bool) {
	about, question, _ := strings.Cut(value, "\n")
	parts := append(strings.SplitN(about, " ", 3), "", "")
	vote := map[string]int{"+1": 1, "-1": -1}[parts[0]]
	return state.Entry{Vote: vote, Kind: parts[1], Intent: parts[2], Text: question}, vote != 0
}
