package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"verbatim/adapters"
	"verbatim/answers"
	"verbatim/corpus"
)

// driver is what the runtime has Slack do.
type driver struct{ *Adapter }

func (d driver) Task(j *job) adapters.Task {
	t := adapters.Task{Key: j.ID, Kept: true, Overheard: j.Overheard, Lanes: j.lanes(), Person: j.person()}
	if j.unasked() {
		t.Costs = adapters.Free
	}
	if j.Press != "" && j.Do != doVote {
		t.Click = j.click()
	}
	if j.public() {
		t.Places = []string{j.Channel, j.threadPlace()}
	}
	return t
}

func (d driver) Accepts(ctx context.Context, j *job) bool { return !j.Overheard || d.follows(ctx, *j) }

// Ignore does nothing: a press was acknowledged with its delivery.
func (d driver) Ignore(context.Context, *job) error { return nil }

// Answer does what a job is for.
func (d driver) Answer(ctx context.Context, j *job) (*adapters.Payload, error) {
	switch j.Do {
	case doAsk:
		return d.answer(ctx, j)
	case doUse:
		return d.use(ctx, j)
	case doHelp:
		d.set(ctx, j)
		return d.help(*j).payload(*j), nil
	case doContext:
		return d.context(*j).payload(*j), nil
	case doShare:
		return d.share(ctx, j), nil
	case doDismiss:
		return nil, d.dismiss(ctx, *j)
	case doVote:
		return nil, d.vote(ctx, *j)
	case doHome:
		return d.homeTab().payload(*j), nil
	case doGreet:
		return d.greet(ctx, j)
	case doWordless:
		return line("That message shows no words that I could check.").payload(*j), nil
	case doRefuse:
		return line("I do not answer in this channel. Ask me in a direct message.").payload(*j), nil
	}
	return nil, hopeless(fmt.Sprintf("%q is not known", j.Do))
}

// hopeless is an error of what cannot be done any more.
func hopeless(why string) error {
	return &adapters.Failure{Outcome: adapters.Refused, Err: fmt.Errorf("it cannot be done any more: %s", why)}
}

// Words are for the person alone where an answer was to be shared.
func (d driver) Words(j *job, text string) adapters.Payload {
	if j.Do == doShare {
		j.Do = doContext
	}
	return *line(text).payload(*j)
}

// line is a card of one line.
func line(text string) card {
	var c card
	c.line(text)
	return c
}

// answer answers a question; nothing is said to one that was overheard and not meant.
func (a *Adapter) answer(ctx context.Context, j *job) (*adapters.Payload, error) {
	a.working(ctx, *j)
	a.set(ctx, j)
	if !a.resolve(ctx, j) {
		return line(cannotSee).payload(*j), nil
	}
	m := j.message()
	if j.Overheard {
		m.Meant = func(answer answers.Answer) bool { return a.meant(ctx, *j, answer) }
	}
	answer := a.runtime.Handle(ctx, m)
	// What was overheard may be answered as a mention by now, which an edit added.
	if j.Overheard && (!m.Meant(answer) || !a.runtime.Once().First(ctx, key(j.Team, j.Channel, j.Asked), jobKeep)) {
		a.passed(ctx, *j)
		return nil, nil
	}
	as := look{private: j.To == toPrivate, modal: j.To == toModal, question: j.Text, closed: j.Closed, links: a.config.Links}
	if !j.Closed {
		as.shared = share(answer, *j, a.engine.Passage)
	}
	if j.Named || j.To == toPrivate {
		as.asked = question(j.Text, j.Check)
		if j.To == toThread {
			as.askedBy = j.User
		}
	}
	a.joined(ctx, *j)
	return blocks(answer, as).payload(*j), nil
}

// context shows the paragraphs around passages.
func (a *Adapter) context(j job) card {
	var found []corpus.Passage
	for _, k := range strings.Fields(j.Value) {
		if p, ok := a.engine.Passage(k); ok {
			found = append(found, p)
		}
	}
	if len(found) == 0 {
		return changed()
	}
	return inContext(found, a.config.Links)
}

// share makes a private answer one for everybody that names who asked. There is none where
// it was shared a moment ago, so that the button is still there.
func (a *Adapter) share(ctx context.Context, j *job) *adapters.Payload {
	s, answer, ok := unshare(j.Value, a.engine.Passage)
	switch {
	case !ok:
		j.Do = doContext // in private
		return changed().payload(*j)
	case !a.runtime.Once().Own(ctx, j.shareKey(), j.ID, jobKeep):
		return nil
	}
	return blocks(answer, look{asked: question(s.Question, s.Check), askedBy: j.User, question: s.Question, links: a.config.Links}).payload(*j)
}

// shared takes the private answer away that was shared; one that cannot be may be again.
func (a *Adapter) shared(ctx context.Context, j job, err error) {
	if err == nil {
		err = a.dismiss(ctx, j)
	} else if adapters.OutcomeOf(err) == adapters.Refused {
		a.runtime.Once().Disown(ctx, j.shareKey(), j.ID, jobKeep)
	}
	if err != nil {
		a.log.Debug("a private answer that was to be shared stays", "job", j.ID, "error", err)
	}
}

// question is what was asked, as it is told to others.
func question(text string, check bool) string {
	if check {
		return "is this quote right? " + text
	}
	return text
}

// changed tells that a button points at a text that is no more.
func changed() card { return line("The article has changed since. Please ask again.") }

// help tells what can be asked.
func (a *Adapter) help(j job) card {
	about := a.engine.About(j.Source)
	c := card{closed: j.Closed}
	c.line(clean(about.Welcome, maxLine))
	if j.To == toPrivate {
		command := commandAsk
		if j.Command {
			command = cmp.Or(j.Value, commandAsk) // a workspace may have named it otherwise
		}
		c.line("Type " + command + " and a question, or " + command + " check and a quote to see whether it is right." + a.several(command) + " Some questions to try:")
	}
	c.suggest(about.Questions, maxSuggestions)
	c.buttons(answers.Answer{Kind: answers.Chat}, nil, look{private: j.To == toPrivate})
	return c
}

// vote writes a vote down, with the question and the same key of the person as a
// question has.
func (a *Adapter) vote(ctx context.Context, j job) error {
	e, ok := readVote(j.Value)
	if !ok {
		return nil
	}
	e.Person, e.Subject = j.person(), key(j.Team, j.Channel, j.Message)
	return a.runtime.Vote(ctx, e)
}

// Remedy goes by Slack's code; a response URL that is no more has none.
func (d driver) Remedy(j *job, err error) adapters.Refusal {
	var status slack.StatusCodeError
	code := said(err)
	f := adapters.Refusal{Why: meanings.Person[code]}
	switch {
	case slices.Contains(meanings.Gone, code), slices.Contains(meanings.Dead, code), errors.As(err, &status) && status.Code == http.StatusNotFound:
		return adapters.Refusal{}
	case f.Why == "":
		f.Why = "Slack does not take my answer there (" + cmp.Or(code, status.Status) + "). An admin of the workspace can find out why; bot doctor helps."
	case slices.Contains(meanings.Thread, code):
		f.Place = j.threadPlace()
	default:
		f.Place = j.Channel
	}
	if slices.Contains(meanings.Soon, code) {
		f.For = time.Minute
	}
	return f
}

// threadPlace is the thread of a job as a place to post in.
func (j job) threadPlace() string { return j.Channel + " " + j.Thread }

// Tell tells the person something: in place where nobody else sees it, else in a
// direct message.
func (d driver) Tell(ctx context.Context, j *job, text string) error {
	if j.unasked() || j.User == "" {
		return nil
	}
	err := d.tellInPlace(ctx, *j, text)
	if adapters.OutcomeOf(err) == adapters.Refused && j.ResponseURL != "" {
		posted := *j
		posted.ResponseURL = ""
		err = d.tellInPlace(ctx, posted, text)
	}
	if adapters.OutcomeOf(err) != adapters.Refused || j.Direct {
		return err
	}
	return d.postMessage(ctx, j.User, "", slack.MsgOptionText(escape(text), false))
}

func (a *Adapter) tellInPlace(ctx context.Context, j job, text string) error {
	options := []slack.MsgOption{slack.MsgOptionText(escape(text), false)}
	if j.Thread != "" {
		options = append(options, slack.MsgOptionTS(j.Thread))
	}
	switch {
	case j.ResponseURL != "":
		return a.respond(ctx, j, &slack.WebhookMessage{Text: escape(text), ResponseType: slack.ResponseTypeEphemeral, ThreadTimestamp: j.Thread})
	case j.Direct || j.Channel == "":
		return a.postMessage(ctx, cmp.Or(j.Channel, j.User), "", options...)
	}
	return a.postMessage(ctx, j.Channel, j.User, options...)
}
