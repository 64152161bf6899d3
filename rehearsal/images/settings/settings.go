// Package settings reads what a manifest gives a program as environment and as mounted secrets.
package settings

import (
	"crypto/subtle"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func Text(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func Number(name string, otherwise int) int {
	value := os.Getenv(name)
	if value == "" {
		return otherwise
	}
	number, err := strconv.Atoi(value)
	if err != nil {
		log.Fatalf("%s: %s is not a number", name, value)
	}
	return number
}

// Yes is what OpenFaaS' programs take for true.
func Yes(name string) bool {
	value := os.Getenv(name)
	return value == "true" || value == "1"
}

// Duration is Go's, or a number of seconds. What is neither counts as not set, as in OpenFaaS' programs.
func Duration(name string, otherwise time.Duration) time.Duration {
	value := os.Getenv(name)
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if duration, err := time.ParseDuration(value); err == nil {
		return duration
	}
	return otherwise
}

// Credentials are the administrator's name and password.
type Credentials struct{ User, Password string }

// ReadCredentials ends the program if basic_auth is on and the secret is not mounted; it is nil if basic_auth is off.
func ReadCredentials() *Credentials {
	if !Yes("basic_auth") {
		return nil
	}
	directory := Text("secret_mount_path", "/run/secrets")
	read := func(name string) string {
		content, err := os.ReadFile(filepath.Join(directory, name))
		if err != nil {
			log.Fatalf("basic_auth: %v", err)
		}
		return strings.TrimSpace(string(content))
	}
	return &Credentials{read("basic-auth-user"), read("basic-auth-password")}
}

// Ask adds the credentials to a request.
func (c *Credentials) Ask(r *http.Request) {
	if c != nil {
		r.SetBasicAuth(c.User, c.Password)
	}
}

// Require lets only those through who have the credentials.
func (c *Credentials) Require(next http.HandlerFunc) http.HandlerFunc {
	if c == nil {
		return next
	}
	return func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		right := subtle.ConstantTimeCompare([]byte(user), []byte(c.User)) &
			subtle.ConstantTimeCompare([]byte(password), []byte(c.Password))
		if right != 1 {
			w.Header().Set("WWW-Authenticate", `Basic realm="Restricted"`)
			http.Error(w, "invalid credentials", http.StatusUnauthorized)
			return
		}
		next(w, r)
	}
}
