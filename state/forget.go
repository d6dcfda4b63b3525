package state

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"go.etcd.io/bbolt"
)

// Forgotten counts what ForgetPerson removed.
type Forgotten struct {
	// Entries are those of the journal, by the person.
	Entries int
	// Events are the person's, that were not answered yet or happened once.
	Events int
	// Conversations and Limits are everybody's.
	Conversations, Limits int
	// Left are files that may tell of the person, too, and cannot be read: damaged ones
	// that were set aside.
	Left []string
}

// ForgetPerson removes what the store at a URL keeps of a person. Platform and person
// are the adapter's name and its key of the person, which ends in a colon and the
// platform's id of them ("slack:T1:U1"). What goes:
//
//   - of the journal, the person's entries, which have their hash, and lines that are
//     damaged;
//   - the claims that name the person in their key or their payload;
//   - all conversations and all counts of limits, since they do not say whose they are:
//     follow-ups have to be asked in full again.
//
// A bbolt file must not be in use; it is written anew, so that nothing of what went is
// left in it. What a process holds in memory is not reached.
func ForgetPerson(ctx context.Context, url string, o Options, platform, person string) (Forgotten, error) {
	o = o.withDefaults()
	if url == "" {
		url = DefaultURL
	}
	id := person[strings.LastIndexByte(person, ':')+1:]
	if platform == "" || id == "" {
		return Forgotten{}, errors.New("state: a person to forget needs a platform and an id")
	}
	p := forgetting{platform: platform, person: person, named: regexp.MustCompile(`\b` + regexp.QuoteMeta(id) + `\b`)}
	var err error
	if path, ok := strings.CutPrefix(url, "bolt:"); ok {
		err = p.inFile(boltPath(path), o)
	} else if scheme, _, _ := strings.Cut(url, ":"); !strings.HasPrefix(scheme, "redis") {
		err = unknownURL(url)
	} else {
		err = p.inRedis(ctx, url, o)
	}
	return p.gone, err
}

// forgetting is the work of forgetting a person.
type forgetting struct {
	platform, person string
	named            *regexp.Regexp // the person's id as a whole word
	gone             Forgotten
}

// wrote tells the entries of a journal that are the person's, by the hash that stands for them.
func (p *forgetting) wrote(salt []byte) func(Entry) bool {
	hash := hashed([]Entry{{Platform: p.platform, Person: p.person}}, salt)[0].Person
	return func(e Entry) bool { return e.Person == hash }
}

// names reports whether a claim is the person's.
func (p *forgetting) names(key string, payload []byte) bool {
	return p.named.MatchString(key) || p.named.Match(payload)
}

// inFile forgets the person in a bbolt file, if there is one, and the journal beside it.
func (p *forgetting) inFile(path string, o Options) error {
	if _, err := os.Stat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("state: there is no state file %s", path)
		}
		return fmt.Errorf("state: %w", err)
	}
	db, err := openFile(path)
	if err != nil {
		return err
	}
	defer db.Close() // again, harmless, where it is closed
	var salt []byte
	err = db.Update(func(tx *bbolt.Tx) error {
		salt = bytes.Clone(tx.Bucket(bucketMeta).Get(keySalt))
		return p.inBuckets(tx)
	})
	if err != nil {
		return fmt.Errorf("state: %w", err)
	}
	if salt != nil { // else no person was ever written down
		if p.gone.Entries, err = (&files{dir: journalDir(path)}).forget(p.wrote(salt)); err != nil {
			return fmt.Errorf("state: forget in the journal: %w", err)
		}
	}
	p.gone.Left, _ = filepath.Glob(path + ".damaged-*")
	return rewrite(db, path)
}

// inBuckets removes the records.
func (p *forgetting) inBuckets(tx *bbolt.Tx) error {
	for _, of := range []struct {
		kind  byte
		count *int
	}{{kindConversation, &p.gone.Conversations}, {kindLimit, &p.gone.Limits}, {kindClaim, &p.gone.Events}} {
		var keys [][]byte
		err := tx.Bucket(kinds[of.kind]).ForEach(func(k, v []byte) error {
			if of.kind == kindClaim {
				if c := readPending(v[min(8, len(v)):]); c == nil || !p.names(c.Key, c.Payload) {
					return nil
				}
			}
			keys = append(keys, bytes.Clone(k))
			return nil
		})
		if err != nil {
			return err
		}
		for _, k := range keys {
			if of.kind == kindClaim {
				_, body := get(tx, kindClaim, k, 0)
				if err := dropPending(tx, k, readPending(body)); err != nil {
					return err
				}
			}
			if err := remove(tx, of.kind, k); err != nil {
				return err
			}
		}
		*of.count = len(keys)
	}
	return nil
}

// compactEach is how many bytes are copied in one transaction: some thousand records.
const compactEach = 1 << 20

// rewrite puts a copy of an open file in its place, and closes it: what was deleted
// stays in a bbolt file until something else is written over it.
func rewrite(db *bbolt.DB, path string) error {
	next := path + ".next"
	defer os.Remove(next) // where it could not take its place
	fresh, err := bbolt.Open(next, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return fmt.Errorf("state: write the state file anew: %w", err)
	}
	err = bbolt.Compact(fresh, db, compactEach)
	if err = errors.Join(err, fresh.Close()); err == nil {
		err = os.Rename(next, path)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("state: write the state file anew: %w", err)
	}
	return nil
}

// inRedis forgets the person in a Redis, also while bots use it.
func (p *forgetting) inRedis(ctx context.Context, url string, o Options) error {
	r, err := openRedis(url, o)
	if err != nil {
		return err
	}
	defer r.Close()
	salt, err := r.Salt(ctx)
	if err == nil {
		p.gone.Entries, err = r.forgetEntries(ctx, p.wrote(salt))
	}
	if err != nil {
		return fmt.Errorf("state: forget in the journal: %w", err)
	}
	if p.gone.Conversations, err = r.deleteAll(ctx, r.key("conversation")+":"); err != nil {
		return fmt.Errorf("state: %w", err)
	}
	if p.gone.Limits, err = r.deleteAll(ctx, r.key("limit")+":"); err != nil {
		return fmt.Errorf("state: %w", err)
	}
	if err := r.eachKey(ctx, r.claims(), func(key string) error { return p.inClaim(ctx, r, key) }); err != nil {
		return fmt.Errorf("state: %w", err)
	}
	return nil
}

// inClaim removes a claim that names the person.
func (p *forgetting) inClaim(ctx context.Context, r *remote, key string) error {
	c, err := r.c.HGetAll(ctx, key).Result()
	if err != nil {
		return err
	}
	own := strings.TrimPrefix(key, r.claims())
	if !p.names(own, []byte(c["payload"])) {
		return nil
	}
	n, err := r.c.Unlink(ctx, key).Result()
	p.gone.Events += int(n)
	if err == nil && c["platform"] != "" {
		err = r.c.ZRem(ctx, r.pending()+c["platform"], own).Err()
	}
	return err
}
