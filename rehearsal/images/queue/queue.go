// Package queue has what the gateway and the queue worker agree on: the subject, and a call as the community edition's
// queue has it (MIT licensed).
package queue

import (
	"net/http"
	"net/url"
	"time"

	"github.com/nats-io/stan.go"
)

// Subject is fixed in the community edition, whatever faas_nats_channel says.
const Subject = "faas-request"

// A Call waits in the queue as JSON.
type Call struct {
	Header      http.Header
	Host        string
	Body        []byte
	Method      string
	Path        string
	QueryString string
	Function    string
	QueueName   string
	CallbackURL *url.URL `json:"CallbackUrl"`
}

// Connect waits for as long as the library does: 2 s for each of its two steps.
func Connect(address, port, cluster, client string, lost func(error)) (stan.Conn, error) {
	return stan.Connect(cluster, client,
		stan.NatsURL("nats://"+address+":"+port),
		stan.ConnectWait(2*time.Second),
		stan.SetConnectionLostHandler(func(_ stan.Conn, err error) { lost(err) }))
}
