module fjord.test/parsers

go 1.25.0

require (
	github.com/distribution/reference v0.6.0
	github.com/pelletier/go-toml/v2 v2.2.4
	github.com/robfig/cron/v3 v3.0.1
	golang.org/x/net v0.36.0
)

require (
	github.com/opencontainers/go-digest v1.0.0 // indirect
	golang.org/x/text v0.22.0 // indirect
)
