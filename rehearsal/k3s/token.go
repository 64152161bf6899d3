package main

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
)

// readToken is what the key or its file holds; "" if neither is set.
func (all options) readToken(key string) (string, error) {
	if token := all.one(key, ""); token != "" {
		return token, nil
	}
	path := all.one(key+"-file", "")
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(text)), nil
}

// password is the part of a token that is secret. Its whole form is K10HASH::USER:PASSWORD.
func password(token string) string {
	if _, rest, whole := strings.Cut(token, "::"); whole && strings.HasPrefix(token, "K10") {
		if _, word, named := strings.Cut(rest, ":"); named {
			return word
		}
		return rest
	}
	return token
}

// checkAuthority refuses a server whose certificate authority is not the one that a whole token names.
func checkAuthority(token string, authorities []byte) error {
	hash, _, whole := strings.Cut(token, "::")
	if !whole || !strings.HasPrefix(token, "K10") {
		return nil
	}
	if found := hashOf(authorities); found != strings.TrimPrefix(hash, "K10") {
		return fmt.Errorf("token CA hash does not match the Cluster CA certificate hash: %s != %s", strings.TrimPrefix(hash, "K10"), found)
	}
	return nil
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func randomHex(bytes int) string {
	made := make([]byte, bytes)
	rand.Read(made)
	return hex.EncodeToString(made)
}

func same(one, other string) bool {
	return one != "" && subtle.ConstantTimeCompare([]byte(one), []byte(other)) == 1
}

// haveTokens writes the tokens of a server, whole, as K3s does; the first server invents what nobody gave it.
func (s *server) haveTokens() error {
	given, err := s.readToken("token")
	if err != nil {
		return err
	}
	agents, err := s.readToken("agent-token")
	if err != nil {
		return err
	}
	authorities, err := os.ReadFile(s.server("tls", "server-ca.crt"))
	if err != nil {
		return err
	}
	there, err := os.ReadFile(s.server("token"))
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if s.password = password(given); given == "" {
		s.password = password(strings.TrimSpace(string(there)))
	}
	if s.password == "" {
		s.password = randomHex(16)
	}
	if len(there) > 0 && password(strings.TrimSpace(string(there))) != s.password {
		return fmt.Errorf("bootstrap data already found and encrypted with different token")
	}
	s.agentPassword = password(agents)
	start := "K10" + hashOf(authorities)
	if err := write(s.server("token"), []byte(start+"::server:"+s.password+"\n"), 0o600); err != nil {
		return err
	}
	for _, link := range []string{"node-token", "agent-token"} {
		path := s.server(link)
		os.Remove(path)
		if link == "agent-token" && s.agentPassword != "" {
			if err := write(path, []byte(start+"::node:"+s.agentPassword+"\n"), 0o600); err != nil {
				return err
			}
			continue
		}
		if err := os.Symlink(s.server("token"), path); err != nil {
			return err
		}
	}
	return nil
}

func randomBase64(bytes int) string {
	made := make([]byte, bytes)
	rand.Read(made)
	return base64.StdEncoding.EncodeToString(made)
}
