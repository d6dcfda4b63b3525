// Package workspaces serves any number of Slack workspaces in one process, over HTTP.
//
// People install the app from a page; each workspace's token is kept encrypted in the
// store, renewed before it expires, and removed with everything else of the workspace
// when the app is uninstalled there. What Slack sends is handed to one ordinary
// slack.Adapter for each workspace, which is made when it is first needed.
package workspaces

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"verbatim/adapters/slack"
)

// Config is what an operator sets beside slack.Config.
type Config struct {
	ClientID     string `envconfig:"SLACK_CLIENT_ID" desc:"Slack, many workspaces: client id of the app. With it all workspaces are served that install the app at /slack/install, over HTTP; SLACK_SIGNING_SECRET is needed too, and SLACK_BOT_TOKEN is not"`
	ClientSecret string `envconfig:"SLACK_CLIENT_SECRET" desc:"Slack, many workspaces: client secret of the app"`
	TokenKey     string `envconfig:"SLACK_TOKEN_KEY" desc:"Slack, many workspaces: the key with which their tokens are encrypted in the store; make one with openssl rand -base64 32"`
	// OldTokenKey only reads: what it encrypted is encrypted with TokenKey when it is used.
	OldTokenKey string `envconfig:"SLACK_TOKEN_KEY_OLD" desc:"Slack, many workspaces: the key before, while tokens in the store are still encrypted with it; see docs/slack.md"`
}

// check completes both parts of a configuration, returns the keys, the one that
// encrypts first, and says what is missing or mistaken. The error holds no secret.
func (c *Config) check(common *slack.Config) (keys [][]byte, err error) {
	var problems []error
	c.ClientID, c.ClientSecret = strings.TrimSpace(c.ClientID), strings.TrimSpace(c.ClientSecret)
	common.SigningSecret = strings.TrimSpace(common.SigningSecret)
	for _, needed := range []struct{ name, value, from string }{
		{"SLACK_CLIENT_ID", c.ClientID, "copy the client id from Basic Information of your app"},
		{"SLACK_CLIENT_SECRET", c.ClientSecret, "copy the client secret from Basic Information of your app"},
		{"SLACK_SIGNING_SECRET", common.SigningSecret, "copy the signing secret from Basic Information of your app: many workspaces are served over HTTP"},
		{"SLACK_TOKEN_KEY", strings.TrimSpace(c.TokenKey), "make a key with openssl rand -base64 32, and keep it: without it the stored tokens cannot be read"},
	} {
		if needed.value == "" {
			problems = append(problems, fmt.Errorf("%s is not set: %s", needed.name, needed.from))
		}
	}
	if common.BotToken != "" || common.AppToken != "" {
		problems = append(problems, errors.New("SLACK_CLIENT_ID serves many workspaces, SLACK_BOT_TOKEN and SLACK_APP_TOKEN serve one: take out either"))
	}
	for _, given := range []struct{ name, key string }{{"SLACK_TOKEN_KEY", c.TokenKey}, {"SLACK_TOKEN_KEY_OLD", c.OldTokenKey}} {
		if strings.TrimSpace(given.key) == "" {
			continue
		}
		key, err := readKey(given.name, given.key)
		if err != nil {
			problems = append(problems, err)
		}
		keys = append(keys, key)
	}
	common.APIURL = strings.TrimSuffix(strings.TrimSpace(common.APIURL), "/") + "/"
	if common.APIURL == "/" {
		common.APIURL = "https://slack.com/api/"
	}
	return keys, errors.Join(problems...)
}

// keySize is that of AES-256, in bytes.
const keySize = 32

// readKey reads a key in base64, of either alphabet, padded or not.
func readKey(name, text string) ([]byte, error) {
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(strings.TrimSpace(text), "="))
	key, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("%s is not a key of %d bytes in base64: make one with openssl rand -base64 32", name, keySize)
	}
	return key, nil
}

// authorizeURL is the page on which somebody allows the app to be installed.
func authorizeURL(api string) (*url.URL, error) {
	u, err := url.Parse(api)
	if err != nil {
		return nil, errors.New("SLACK_API_URL is not the address of a server")
	}
	return u.ResolveReference(&url.URL{Path: "../oauth/v2/authorize"}), nil
}
