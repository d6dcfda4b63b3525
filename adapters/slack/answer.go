package slack

import (
	"context"
	"fmt"
	"strings"

	"verbatim/answers"
	"verbatim/corpus"
)

// do does what a job is for.
func (a *Adapter) do(ctx context.Context, j job) error {
	switch j.Do {
	case doAsk:
		return a.answer(ctx, j)
	case doHelp:
		return a.send(ctx, j, a.help(j))
	case doContext:
		return a.context(ctx, j)
	case doShare:
		return a.share(ctx, j)
	case doDismiss:
		return a.dismiss(ctx, j)
	case doVote:
		return a.vote(ctx, j)
	case doHome:
		return a.home(ctx, j)
	case doGreet:
		return a.greet(ctx, j)
	case doWordless:
		var c card
		c.line("That message shows no words that I could check.")
		return a.send(ctx, j, c)
	case doRefuse:
		var c card
		c.line("I do not answer in this channel. Ask me in a direct message.")
		return a.send(ctx, j, c)
	}
	return fmt.Errorf("%w: %q is not known", errHopeless, j.Do)
}

// answer answers a question: heard, handled, rendered, sent.
func (a *Adapter) answer(ctx context.Context, j job) error {
	a.working(ctx, j)
	if ok, err := a.resolve(ctx, &j); !ok {
		return err
	}
	answer := a.handler.Handle(ctx, j.message())
	if j.Overheard && !a.meant(ctx, j, answer) {
		a.passed(ctx, j)
		return nil
	}
	as := look{private: j.To == toPrivate, modal: j.To == toModal, question: j.Text, shared: share(answer, j, a.engine.Passage), links: a.config.Links}
	if j.Named || j.To == toPrivate {
		as.asked = question(j.Text, j.Check)
		if j.To == toThread {
			as.askedBy = j.User
		}
	}
	a.joined(ctx, j)
	return a.send(ctx, j, blocks(answer, as))
}

// context shows the paragraphs around passages.
func (a *Adapter) context(ctx context.Context, j job) error {
	var found []corpus.Passage
	for _, k := range strings.Fields(j.Value) {
		if p, ok := a.engine.Passage(k); ok {
			found = append(found, p)
		}
	}
	if len(found) == 0 {
		return a.send(ctx, j, changed())
	}
	return a.send(ctx, j, inContext(found, a.config.Links))
}

// share posts a private answer for everybody, naming who asked, and takes the
// private one away.
func (a *Adapter) share(ctx context.Context, j job) error {
	s, answer, ok := unshare(j.Value, a.engine.Passage)
	if !ok {
		return a.send(ctx, j, changed())
	}
	shared, err := a.once.Only(ctx, key("share", j.Team, j.Channel, j.Message), jobKeep, func() error {
		return a.publish(ctx, j, blocks(answer, look{asked: question(s.Question, s.Check), askedBy: j.User, question: s.Question, links: a.config.Links}))
	})
	if err != nil || !shared { // the button is still there: it was pressed a moment ago
		return err
	}
	return a.dismiss(ctx, j)
}

// question is what was asked, as it is told to others.
func question(text string, check bool) string {
	if check {
		return "is this quote right? " + text
	}
	return text
}

// changed tells that a button points at a text that is no more.
func changed() card {
	var c card
	c.line("The article has changed since. Please ask again.")
	return c
}

// help tells what can be asked.
func (a *Adapter) help(j job) card {
	about := a.engine.About()
	var c card
	c.line(clean(about.Welcome, maxLine))
	if j.To == toPrivate {
		command := commandAsk
		if j.Command {
			command = first(j.Value, commandAsk) // a workspace may have named it otherwise
		}
		c.line("Type " + command + " and a question, or " + command + " check and a quote to see whether it is right. Some questions to try:")
	}
	c.suggest(about.Questions, maxSuggestions)
	c.buttons(answers.Answer{Kind: answers.Chat}, nil, look{private: j.To == toPrivate})
	return c
}
