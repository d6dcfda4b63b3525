package state_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/state"
	"verbatim/state/statetest"
)

// lived stores what two people leave behind: Ann, who is to be forgotten, and Bo, whose
// id begins with hers.
func lived(t *testing.T, s state.Store) {
	t.Helper()
	ctx := t.Context()
	w := state.NewJournalWriter(s, state.JournalOptions{Text: true, Log: quiet})
	for person, text := range map[string]string{"slack:T1:U1": "Ann's secret", "slack:T1:U12": "Bo's question"} {
		w.Add(state.Entry{What: "question", Platform: "slack", Person: person, Text: text})
		w.Add(state.Entry{What: "vote", Platform: "slack", Person: person, Subject: "slack:T1:C1:1", Vote: 1})
	}
	w.Add(state.Entry{What: "question", Platform: "discord", Person: "slack:T1:U1", Text: "another platform's"})
	if err := w.Close(ctx); err != nil {
		t.Fatal(err)
	}
	for _, c := range []state.Claim{
		{Key: "slack:T1:C1:1", Payload: []byte(`{"user":"U1","text":"Ann's secret"}`)},
		{Key: "slack:T1:C1:2", Payload: []byte(`{"user":"U12","text":"Bo's question"}`)},
		{Key: "slack:greeted:T1:U1"}, {Key: "slack:greeted:T1:U12"}, {Key: "slack:T1:C1:3", Payload: []byte(`{"user":"U1"}`)},
	} {
		c.Platform, c.Keep = "slack", long
		if got, err := s.Claim(ctx, c, long); err != nil || got != state.Taken {
			t.Fatal(got, err)
		}
	}
	if err := errors.Join(
		s.Finish(ctx, "slack:T1:C1:3"),
		s.SetConversation(ctx, "slack:T1:C1:U1", []byte(`{"text":"Ann's secret"}`), long),
		s.SetConversation(ctx, "slack:T1:C1:9", []byte(`{"text":"of who knows"}`), long),
	); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.Allow(ctx, "person slack slack:T1:U1", state.Limit{Events: 1, Per: long}); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if ok, err := s.Lease(ctx, "shard", "one", long); err != nil || !ok {
		t.Fatal(ok, err)
	}
}

const long = 10 * time.Minute

// forgotten looks what is left after Ann was forgotten.
func forgotten(t *testing.T, s state.Store, got state.Forgotten) {
	t.Helper()
	ctx := t.Context()
	if got.Entries != 2 || got.Events != 2 || got.Conversations != 2 || got.Limits != 1 || len(got.Left) != 0 {
		t.Errorf("removed: %+v", got)
	}
	var texts []string
	for _, e := range entries(t, s) {
		texts = append(texts, e.Platform+" "+e.What+" "+e.Text)
	}
	slices.Sort(texts)
	if want := []string{"discord question another platform's", "slack question Bo's question", "slack vote "}; !slices.Equal(texts, want) {
		t.Errorf("the journal has %q, want %q", texts, want)
	}
	for _, key := range []string{"slack:T1:C1:U1", "slack:T1:C1:9"} {
		if _, err := s.Conversation(ctx, key); !errors.Is(err, state.ErrNotFound) {
			t.Errorf("conversation %s: %v", key, err)
		}
	}
	for key, want := range map[string]state.Claimed{
		"slack:T1:C1:1": state.Taken, "slack:greeted:T1:U1": state.Taken, // gone
		"slack:T1:C1:2": state.Pending, "slack:greeted:T1:U12": state.Pending, "slack:T1:C1:3": state.Done, // not the person's, or without anything of theirs
	} {
		if got, err := s.Claim(ctx, state.Claim{Key: key, Platform: "slack", Keep: long}, long); err != nil || got != want {
			t.Errorf("claim %s: %v, %v; want %v", key, got, err, want)
		}
	}
	if ok, err := s.Allow(ctx, "person slack slack:T1:U1", state.Limit{Events: 1, Per: long}); err != nil || !ok {
		t.Errorf("the count of the limit is still there: %v", err)
	}
	if ok, err := s.Lease(ctx, "shard", "two", long); err != nil || ok {
		t.Errorf("the lease is gone: %v", err)
	}
}

func TestForgetPersonInFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	url := "bolt:" + filepath.Join(dir, "state.db")
	s := mustOpen(t, url, patient())
	lived(t, s)
	if _, err := state.ForgetPerson(t.Context(), url, patient(), "slack", "slack:T1:U1"); !errors.Is(err, state.ErrInUse) {
		t.Errorf("while a bot runs: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	cutOff(t, filepath.Join(dir, "state.journal"))
	got, err := state.ForgetPerson(t.Context(), url, patient(), "slack", "slack:T1:U1")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("Ann")) || strings.HasSuffix(path, ".next") {
			t.Errorf("%s has something of Ann’s", path)
		}
		info, _ := d.Info()
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s can be read by others: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	forgotten(t, mustOpen(t, url, patient()), got)
}

// cutOff leaves in the journal what a crash does: half a line.
func cutOff(t *testing.T, journal string) {
	t.Helper()
	files, err := os.ReadDir(journal)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(journal, files[0].Name()), os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(`{"what":"question","text":"Ann`); err != nil {
		t.Fatal(err)
	}
}

func TestForgetPersonInRedis(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]string{
		"alone":   statetest.StartRedis(t).URL(),
		"prefix":  statetest.StartRedis(t).URL() + "?prefix=a*",
		"cluster": "redis-cluster://" + startCluster(t, 3)[0].Addr,
	} {
		t.Run(name, func(t *testing.T) {
			s := mustOpen(t, url, patient())
			lived(t, s)
			got, err := state.ForgetPerson(t.Context(), url, patient(), "slack", "slack:T1:U1")
			if err != nil {
				t.Fatal(err)
			}
			forgotten(t, s, got)
		})
	}
}

// TestForgetPersonNot: nobody can be forgotten where there is no store, or no person.
func TestForgetPersonNot(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "data", "state.db")
	damaged := filepath.Join(t.TempDir(), "state.db")
	if err := os.WriteFile(damaged, []byte("no bbolt file"), 0o600); err != nil {
		t.Fatal(err)
	}
	noJournal := filepath.Join(t.TempDir(), "state.db")
	s := mustOpen(t, "bolt:"+noJournal, patient())
	lived(t, s)
	journal := strings.TrimSuffix(noJournal, ".db") + ".journal"
	if err := errors.Join(s.Close(), os.RemoveAll(journal), os.WriteFile(journal, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, forget := range map[string]func() (state.Forgotten, error){
		"no state file": func() (state.Forgotten, error) {
			return state.ForgetPerson(t.Context(), "bolt:"+missing, patient(), "slack", "slack:T1:U1")
		},
		"a damaged state file": func() (state.Forgotten, error) {
			return state.ForgetPerson(t.Context(), "bolt:"+damaged, patient(), "slack", "slack:T1:U1")
		},
		"a journal that is no folder": func() (state.Forgotten, error) {
			return state.ForgetPerson(t.Context(), "bolt:"+noJournal, patient(), "slack", "slack:T1:U1")
		},
		"no such store": func() (state.Forgotten, error) {
			return state.ForgetPerson(t.Context(), "mysql://ann:hunter2@host", patient(), "slack", "slack:T1:U1")
		},
		"nobody": func() (state.Forgotten, error) {
			return state.ForgetPerson(t.Context(), "bolt:"+missing, patient(), "slack", "slack:")
		},
		"Redis away": func() (state.Forgotten, error) {
			return state.ForgetPerson(ended, "redis://:hunter2@127.0.0.1:1", patient(), "slack", "slack:T1:U1")
		},
	} {
		if _, err := forget(); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Dir(missing)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was made: %v", err)
	}
}

// TestForgetPersonSetAside: a damaged file is named, since it cannot be searched.
func TestForgetPersonSetAside(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.db")
	if err := mustOpen(t, "bolt:"+path, patient()).Close(); err != nil {
		t.Fatal(err)
	}
	aside := path + ".damaged-20260101T000000.000Z"
	if err := os.WriteFile(aside, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := state.ForgetPerson(t.Context(), "bolt:"+path, patient(), "slack", "slack:T1:U1")
	if err != nil || !slices.Equal(got.Left, []string{aside}) {
		t.Errorf("left: %q, %v", got.Left, err)
	}
}
