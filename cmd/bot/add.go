package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"verbatim/corpus"
	"verbatim/corpus/extract"
	"verbatim/corpus/fetch"
)

func addCommand(corpusDir *string) *cobra.Command {
	var a adder
	var check, private bool
	cmd := &cobra.Command{
		Use:   "add SOURCE…",
		Short: "Add articles to a corpus: files, folders, web pages or standard input",
		Long: `Reads a document, keeps its text as a source of the corpus, and says what it made
of it. It can be asked at once: bot add talk.pdf && bot

SOURCE is a file, a folder with files, the address of a web page, or - for
standard input. It may be ` + strings.Join(wrapped(extract.Formats, 72), "\n") + `.

Without --corpus and CORPUS it goes to ./corpus-data, where bot finds it.

The original is kept beside the text. --check reads every original again, or those
that are named, and says which are the same, have changed or are gone; it exits
with 1 if any are not the same.`,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if a.library, err = openLibrary(*corpusDir); err != nil {
				return err
			}
			env, err := environment()
			if err != nil {
				return err
			}
			a.fetch = fetch.Client{Private: private, UserAgent: userAgent(env.Contact), MaxSize: extract.MaxSize}
			a.in, a.out, a.log = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
			a.flag = *corpusDir
			if check {
				return a.check(cmd.Context(), args)
			}
			if len(args) == 0 || slices.Contains(args, "") {
				return usageError{errors.New("give a file, a folder or an address, or - for standard input: bot add talk.pdf")}
			}
			if len(args) > 1 && a.name != "" {
				return usageError{errors.New("--name is for one source")}
			}
			return a.addEach(cmd.Context(), args)
		},
	}
	cmd.Flags().StringVar(&a.name, "name", "", "name of the source, that is of its folder (default: as the file or the title)")
	cmd.Flags().StringVar(&a.encoding, "encoding", "", "what the characters are in, like windows-1252, where it is not recognised")
	cmd.Flags().BoolVar(&a.replace, "replace", false, "replace a source of that name; its curation stays, and must fit")
	cmd.Flags().BoolVar(&a.public, "public", false, "let everybody read the whole text, as a page (see PUBLIC_URL)")
	cmd.Flags().BoolVar(&private, "private", false, "allow addresses of your own network")
	cmd.Flags().BoolVar(&check, "check", false, "read the originals again and say what has changed")
	return cmd
}

// userAgent says to servers which program asks and, where whoever runs it has set that,
// whom they can turn to.
func userAgent(contact string) string {
	about := "reads a page once, when a person adds it"
	if contact != "" {
		about = "+" + contact + "; " + about
	}
	return "Verbatim/" + strings.Trim(number(), "()") + " (" + about + ")" // brackets would begin a comment
}

// adder adds documents to a corpus.
type adder struct {
	library
	fetch          fetch.Client
	name, encoding string
	replace        bool
	public         bool
	flag           string // what --corpus says
	in             io.Reader
	out, log       io.Writer
}

// added is a source that was added.
type added struct {
	name   string
	doc    *extract.Document
	source *corpus.Source
}

// addEach adds what each of several sources names. Those that cannot be read are told, and the
// others are added.
func (a *adder) addEach(ctx context.Context, sources []string) error {
	if len(sources) == 1 {
		return a.add(ctx, sources[0])
	}
	var failed error
	for _, source := range sources {
		err := a.add(ctx, source)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if !errors.Is(err, errReported) {
				fmt.Fprintln(a.log, "bot:", printable(err.Error()))
			}
			failed = errReported
		}
	}
	return failed
}

// add adds what source names.
func (a *adder) add(ctx context.Context, source string) error {
	if a.name != "" {
		if err := checkName(a.name); err != nil {
			return fmt.Errorf("--name: %w", err)
		}
	}
	if info, err := os.Stat(source); err == nil && info.IsDir() && source != "-" {
		return a.addFolder(ctx, source)
	}
	p := newProgress(a.log, "adding "+printable(source), 0)
	got, err := a.addOne(ctx, source)
	p.stop()
	switch {
	case err == nil:
		a.tell(got)
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("%s: %w", source, err)
}

// addOne adds one document, which names itself.
func (a *adder) addOne(ctx context.Context, source string) (*added, error) {
	in, from, err := a.open(ctx, source)
	if err != nil {
		return nil, err
	}
	return a.keep(ctx, in, from, func(doc *extract.Document) (string, error) { return a.newName(in, doc) })
}

// open reads the bytes of a source. from is where they can be read again. It is given
// up when ctx ends: a pipe may never do.
func (a *adder) open(ctx context.Context, source string) (in extract.Input, from string, err error) {
	in.Encoding = a.encoding
	switch {
	case source == "-":
		in.Data, err = result(ctx, func() ([]byte, error) { return readAtMost(a.in) })
		return in, "", err
	case strings.Contains(source, "://"):
		page, err := a.fetch.Get(ctx, source)
		if err != nil {
			return in, "", err
		}
		in.Address, in.ContentType, in.Data = page.Address, page.ContentType, page.Data
		in.Name = path.Base(page.Address.Path)
		return in, source, nil
	}
	in.Name = filepath.Base(source)
	if from, err = filepath.Abs(source); err != nil {
		return in, "", err
	}
	in.Data, err = result(ctx, func() ([]byte, error) { return readDocument(source) })
	return in, from, err
}

// withPort is the name of a host with a port.
var withPort = regexp.MustCompile(`^[\w.-]+:\d+$`)

// readDocument reads a file, unless it is too large.
func readDocument(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		host, _, _ := strings.Cut(name, "/")
		if errors.Is(err, fs.ErrNotExist) && !extract.Known(host) && (strings.Contains(strings.Trim(host, "."), ".") || withPort.MatchString(host)) {
			return nil, errors.New("there is no such file; an address begins with https://")
		}
		return nil, errors.Unwrap(err)
	}
	defer f.Close()
	return readAtMost(f)
}

// readAtMost reads all of r, unless that is more than a document may have.
func readAtMost(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, extract.MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(data) > extract.MaxSize {
		return nil, fmt.Errorf("it has more than %d MB; save what matters of it as plain text and add that", extract.MaxSize>>20)
	}
	return data, nil
}

// keep reads a document and makes it a source of the corpus. With an error nothing
// of it is left.
func (a *adder) keep(ctx context.Context, in extract.Input, from string, naming func(*extract.Document) (string, error)) (*added, error) {
	doc, err := extract.Read(ctx, in)
	if err != nil {
		return nil, err
	}
	name, err := naming(doc)
	if err != nil {
		return nil, err
	}
	work, done, err := a.workFolder()
	if err != nil {
		return nil, err
	}
	defer done()
	folder := filepath.Join(work, name)
	if err := a.write(folder, name, doc, in.Data, from); err != nil {
		return nil, err
	}
	c, err := corpus.LoadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("what was made of it cannot be used: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := a.take(folder, name); err != nil {
		return nil, err
	}
	return &added{name, doc, c.Sources()[0]}, nil
}

const descriptionHead = "# What is known of the source, as bot add read it. docs/adding.md says what stands here.\n"

// write writes the folder of a source.
func (a *adder) write(folder, name string, doc *extract.Document, original []byte, from string) error {
	description := doc.Description()
	description.Original.File = "original" + doc.Extension
	description.Original.From = from
	description.Original.Hash = corpus.Hash(original)
	before, _, err := corpus.ReadDescription(os.DirFS(a.path(name)), ".")
	description.Public = a.public || err == nil && before.Public // what is replaced stays as public as it was
	about, err := yaml.Marshal(description)
	if err != nil {
		return err
	}
	files := map[string][]byte{
		articleName:               []byte(doc.Text()),
		corpus.DescriptionFile:    append([]byte(descriptionHead), about...),
		description.Original.File: original,
	}
	curation, err := os.ReadFile(filepath.Join(a.path(name), "curation.yaml"))
	if err == nil {
		files["curation.yaml"] = curation
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	for file, data := range files {
		if err := os.WriteFile(filepath.Join(folder, file), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// newName is what a single document is to be called.
func (a *adder) newName(in extract.Input, doc *extract.Document) (string, error) {
	name := cmp.Or(a.name, nameOf(in, doc))
	if name == "" {
		return "", errors.New("it has no name and no title; say --name")
	}
	if a.has(name) && !a.replace {
		return "", fmt.Errorf("there is a source %s already; --replace replaces it, --name gives another name", name)
	}
	return name, nil
}

// nameOf makes a name of a file's name, of the last part of an address, or of the title.
func nameOf(in extract.Input, doc *extract.Document) string {
	stem := slug(strings.TrimSuffix(in.Name, path.Ext(in.Name)))
	if in.Address != nil && (stem == "index" || strings.IndexFunc(stem, unicode.IsLetter) < 0) {
		stem = ""
	}
	return cmp.Or(stem, slug(doc.Title), hostOf(in.Address))
}

func hostOf(u *url.URL) string {
	if u == nil {
		return ""
	}
	return slug(u.Hostname())
}

// maxName is how many characters a name has at most that is made of a title.
const maxName = 60

// slug makes a name of a text: its letters and digits, small and without accents,
// with hyphens between.
func slug(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			b.WriteRune(r)
		case unicode.IsMark(r) || r == '\'' || r == '’':
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := []rune(strings.Trim(norm.NFC.String(b.String()), "-"))
	if len(name) > maxName {
		name = name[:maxName]
		if i := slices.Index(name, '-'); i > 0 { // whole words
			for name[len(name)-1] != '-' {
				name = name[:len(name)-1]
			}
		}
	}
	return strings.Trim(string(name), "-")
}

// tell says what was made of a document.
func (a *adder) tell(got *added) {
	doc, out := got.doc, a.out
	fmt.Fprintf(out, "%s: %s\n", printable(got.name), doc.Format)
	for _, known := range []struct{ name, value string }{
		{"title", doc.Title}, {"author", doc.Author}, {"publisher", doc.Publisher},
		{"published", doc.Published}, {"address", doc.URL}, {"language", doc.Language},
	} {
		if known.value != "" {
			fmt.Fprintf(out, "  %-10s %s\n", known.name, printable(known.value))
		}
	}
	fmt.Fprintf(out, "  %-10s %s\n", "text", contents(got))
	if speakers := speakers(got.source); speakers != "" {
		fmt.Fprintf(out, "  %-10s %s\n", "quotes by", printable(speakers))
	}
	for _, note := range doc.Notes {
		fmt.Fprintf(out, "  %-10s %s\n", "note", printable(note))
	}
	fmt.Fprintf(out, "kept in %s; ask it: bot ask%s 'QUESTION'\n", printable(a.path(got.name)), corpusFlag(a.flag))
}

// corpusFlag is the flag of a command that is to be copied, with a space before it, where
// --corpus was said here.
func corpusFlag(said string) string {
	if said == "" {
		return ""
	}
	return " --corpus " + quoted(said)
}

// quoted is a word of a command that is to be copied, as a shell takes it.
func quoted(word string) string {
	special := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != filepath.Separator && !strings.ContainsRune("-_./:@%+,=", r)
	}
	if word != "" && !strings.ContainsFunc(word, special) {
		return word
	}
	return printable("'" + strings.ReplaceAll(word, "'", `'\''`) + "'")
}

// contents counts what a source has.
func contents(got *added) string {
	kinds := map[extract.Kind]int{}
	for _, b := range got.doc.Blocks {
		kinds[b.Kind]++
	}
	text := plural(len(got.source.Paragraphs()), "paragraph")
	for _, k := range []struct {
		kind extract.Kind
		name string
	}{{extract.Heading, "heading"}, {extract.Item, "item"}, {extract.Quotation, "quotation"}, {extract.Turn, "turn"}, {extract.Caption, "caption"}} {
		if n := kinds[k.kind]; n > 0 {
			text += ", " + plural(n, k.name)
		}
	}
	if kinds[extract.Caption] > 0 {
		text += " (never quoted)"
	}
	return text
}

func plural(n int, name string) string {
	if n == 1 {
		return "1 " + name
	}
	return strconv.Itoa(n) + " " + name + "s"
}

// speakers lists who is quoted, those most often quoted first, at most five.
func speakers(s *corpus.Source) string {
	count := map[string]int{}
	for _, p := range s.Passages() {
		if p.Attribution == corpus.Direct {
			count[p.Speaker]++
		}
	}
	names := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(count[b]-count[a], strings.Compare(a, b))
	})
	more := ""
	if len(names) > 5 {
		more = fmt.Sprintf(" and %d more", len(names)-5)
		names = names[:5]
	}
	for i, n := range names {
		names[i] = fmt.Sprintf("%s (%d)", n, count[n])
	}
	return strings.Join(names, ", ") + more
}

// printable is a stranger's text without what a terminal would obey.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// maxFiles is how many files of a folder are added at most.
const maxFiles = 20_000

// addFolder adds every document in a folder and in those in it. What cannot be read
// is named, and the others are added.
func (a *adder) addFolder(ctx context.Context, folder string) error {
	if a.name != "" {
		return errors.New("--name names one source, not those of a folder; their files name them")
	}
	files, others, err := a.documents(folder)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s: there is no document in it; what can be added is %s", folder, extract.Formats)
	}
	failed, same, err := a.addFiles(ctx, folder, files)
	if err != nil {
		return err
	}
	unchanged := ""
	if same > 0 {
		unchanged = fmt.Sprintf(" (unchanged: %s)", plural(same, "file"))
	}
	fmt.Fprintf(a.out, "added %s to %s%s; bot list%s lists them, and bot ask%[4]s 'QUESTION' asks them\n", plural(len(files)-failed-same, "source"), printable(a.dir), unchanged, corpusFlag(a.flag))
	if others > 0 {
		fmt.Fprintf(a.log, "%s of other kinds left out\n", plural(others, "file"))
	}
	if failed > 0 {
		return fmt.Errorf("%s could not be added", plural(failed, "file"))
	}
	return nil
}

// fewFiles is how many files of a folder are told of one by one. Of more those are that
// there is something to say of; bot list tells of all.
const fewFiles = 20

// addFiles adds files of a folder, and returns how many could not be, and how many are
// there as they are.
func (a *adder) addFiles(ctx context.Context, folder string, files []string) (failed, same int, err error) {
	p := newProgress(a.log, "adding", len(files))
	defer p.stop()
	there, err := a.originals()
	if err != nil {
		return 0, 0, err
	}
	taken := map[string]bool{}
	kept := 0
	for _, file := range files {
		p.doing(filepath.Base(file))
		got, err := a.addFile(ctx, folder, file, taken, there)
		switch {
		case errors.Is(err, errSame):
			same++
		case err == nil:
			kept++
			if len(files) <= fewFiles || len(got.doc.Notes) > 0 {
				p.printf(a.out, "%s: %s, %s\n", got.name, got.doc.Format, strings.Join(append([]string{contents(got)}, got.doc.Notes...), "; "))
			}
		case ctx.Err() == nil:
			failed++
			p.printf(a.log, "%s: %v\n", printable(file), err)
		}
		p.Did()
		if ctx.Err() != nil {
			p.printf(a.log, "interrupted: %s of %d are in %s; those stay\n", plural(kept, "source"), len(files), a.dir)
			return failed, same, ctx.Err()
		}
	}
	return failed, same, nil
}

// errSame is of a file that is a source already, and is as it was then.
var errSame = errors.New("it is unchanged")

// original is a source by the document that it was made of.
type original struct {
	source, hash string
	public       bool
}

// originals are the sources by where their documents are from. Where all are to be read
// anew, it knows none.
func (a *adder) originals() (map[string]original, error) {
	out := map[string]original{}
	if a.replace || a.encoding != "" {
		return out, nil
	}
	names, err := a.names()
	for _, name := range names {
		d, _, err := corpus.ReadDescription(os.DirFS(a.path(name)), ".")
		if err == nil && d.Original.From != "" { // without, nobody can tell whether it is the same
			out[d.Original.From] = original{name, d.Original.Hash, d.Public}
		}
	}
	return out, err
}

// documents lists the files of a folder that can be read, by their names, and counts
// the others. Hidden ones are left out, links are not followed.
func (a *adder) documents(folder string) (files []string, others int, err error) {
	own, _ := filepath.Abs(a.dir)
	err = filepath.WalkDir(folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		abs, _ := filepath.Abs(file)
		if d.IsDir() && file != folder && (strings.HasPrefix(d.Name(), ".") || abs == own) {
			return filepath.SkipDir
		}
		switch {
		case d.IsDir() || strings.HasPrefix(d.Name(), "."):
		case d.Type().IsRegular() && extract.Known(d.Name()):
			files = append(files, file)
		default:
			others++
		}
		if len(files) > maxFiles {
			return fmt.Errorf("%s has more than %d documents; add its folders one by one", folder, maxFiles)
		}
		return nil
	})
	return files, others, err
}

// addFile adds one file of a folder. Its path within the folder names it, with a
// number where that is taken by another. One that is there as it is stays so, unless it
// is to become public now.
func (a *adder) addFile(ctx context.Context, folder, file string, taken map[string]bool, there map[string]original) (*added, error) {
	in, from, err := a.open(ctx, file)
	if err != nil {
		return nil, err
	}
	if o := there[from]; o.hash == corpus.Hash(in.Data) && (o.public || !a.public) {
		taken[o.source] = true
		return nil, errSame
	}
	return a.keep(ctx, in, from, func(doc *extract.Document) (string, error) {
		inside, err := filepath.Rel(folder, file)
		if err != nil {
			inside = in.Name
		}
		stem := cmp.Or(slug(strings.TrimSuffix(inside, filepath.Ext(inside))), slug(doc.Title), "source")
		name := stem
		for i := 2; taken[name]; i++ {
			name = stem + "-" + strconv.Itoa(i)
		}
		taken[name] = true
		if a.has(name) && !a.replace {
			return "", fmt.Errorf("there is a source %s already; --replace replaces it", name)
		}
		return name, nil
	})
}
