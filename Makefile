# Every word here is a word of CI and of the README.
.DEFAULT_GOAL := help
.PHONY: help demo build test lint check bench interop install clean

help: ## Print this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: ## Build, then crawl an invented site on loopback and report on it
	cargo build --locked --workspace --bins
	demo/run

build: ## Build the binary as it is installed
	cargo build --locked --release

install: ## Install `demarche` into ~/.cargo/bin
	cargo install --locked --path .

test: ## Run the whole suite
	cargo test --locked --workspace

lint: ## Check format, lints and, where cargo-deny is there, licences and sources
	cargo fmt --all -- --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	@if cargo deny --version >/dev/null 2>&1; then cargo deny check bans licenses sources; \
	else echo "cargo-deny is not installed: licences and sources were not checked"; fi

check: ## What CI does
	bash .ci/run

bench: ## Run the benchmarks; each prints ratios against a limit or a peer of the same run
	cargo bench --locked --workspace

interop: ## Hold the archive against warcio and pywb: read, replayed, crawled through a proxy
	cargo build --locked --workspace --bins
	interop/run

clean: ## Remove what was built
	cargo clean
