using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Tracing;

/// <summary>Spans as a collector receives them from the published gateway.</summary>
[ClassDataSource<TracedPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class TracingTests(TracedPlatform shared)
{
    [Test]
    public async Task A_request_is_a_span_below_its_caller_with_the_invocation_below_it()
    {
        var (trace, parent) = (NewTrace(), "00f067aa0ba902b7");
        var (answer, text) = await GetAsync("/traced/7?secret=1", ("traceparent", $"00-{trace}-{parent}-01"));
        var function = JsonNode.Parse(text)!;
        var spans = await shared.Collector.OfAsync(trace, 2);
        var server = spans.Single(s => s.Kind == "server");
        await Assert.That((server.Service, server.Name, server.Parent, server.IsError))
            .IsEqualTo(("esb-gateway", "GET /traced/{id}", parent, false));
        await Assert.That($"{server["http.request.method"]} {server["url.path"]} {server["http.route"]} "
            + $"{server["http.response.status_code"]} {server["faas.invoked_name"]}")
            .IsEqualTo("GET /traced/7 /traced/{id} 200 traced");
        await Assert.That(string.Join(' ', server.Attributes.Values)).DoesNotContain("secret");
        var client = spans.Single(s => s.Kind == "client");
        await Assert.That((client.Name, client.Parent, client.IsError)).IsEqualTo(("traced", server.Id, false));
        await Assert.That($"{client["faas.name"]} {client["faas.invocation_id"]}")
            .IsEqualTo($"traced {function["id"]}");
        await Assert.That(client["faas.coldstart"]).IsEqualTo("true").Or.IsEqualTo("false");
        await Assert.That(client.Duration).IsGreaterThan(TimeSpan.Zero).And.IsLessThanOrEqualTo(server.Duration);
        // The function can add its own spans below it.
        await Assert.That((string)function["trace"]!)
            .IsEqualTo($"Root=1-{trace[..8]}-{trace[8..]};Parent={client.Id};Sampled=1");
        await Assert.That((string)function["w3c"]!).IsEqualTo($"00-{trace}-{server.Id}-01");
        await Assert.That(answer.Headers.GetValues("X-Amzn-Trace-Id").Single())
            .IsEqualTo($"Root=1-{trace[..8]}-{trace[8..]};Parent={server.Id};Sampled=1");
        await Assert.That(shared.Collector.Team).IsEqualTo("box");
    }

    [Test]
    public async Task A_request_without_a_trace_begins_one_whose_id_begins_with_the_time()
    {
        var (_, text) = await GetAsync("/traced/8");
        var header = (string)JsonNode.Parse(text)!["trace"]!;
        var trace = header[7..15] + header[16..40];
        var began = DateTimeOffset.FromUnixTimeSeconds(long.Parse(
            trace[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        await Assert.That(DateTimeOffset.UtcNow - began).IsLessThan(Waits.Longest);
        var spans = await shared.Collector.OfAsync(trace, 2);
        await Assert.That(spans.Single(s => s.Kind == "server").Parent).IsEqualTo("");
    }

    [Test]
    public async Task A_function_that_fails_makes_both_spans_errors_and_names_its_type()
    {
        var trace = NewTrace();
        var (answer, _) = await GetAsync("/traced/9?fail=1", ("X-Amzn-Trace-Id", $"Root=1-{trace[..8]}-{trace[8..]}"));
        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.BadGateway);
        var spans = await shared.Collector.OfAsync(trace, 2);
        var server = spans.Single(s => s.Kind == "server");
        await Assert.That((server.IsError, server["http.response.status_code"], server["error.type"], server.Parent))
            .IsEqualTo((true, "502", "502", ""));
        var client = spans.Single(s => s.Kind == "client");
        await Assert.That((client.IsError, client["error.type"], client.Parent))
            .IsEqualTo((true, "ValueError", server.Id));
    }

    [Test]
    public async Task An_asynchronous_invocation_belongs_to_the_request_that_was_accepted_for_it()
    {
        var trace = NewTrace();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(
            "/2015-03-31/functions/traced/invocations", UriKind.Relative))
        { Content = new StringContent("{}") };
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        request.Headers.Add("X-Amz-Invocation-Type", "Event");
        using var answer = await shared.Client.SendAsync(request);
        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.Accepted);
        var spans = await shared.Collector.OfAsync(trace, 2);
        var server = spans.Single(s => s.Kind == "server");
        await Assert.That((server.Name, server["faas.invoked_name"]))
            .IsEqualTo(("POST /2015-03-31/functions/{FunctionName}/invocations", "traced"));
        await Assert.That(spans.Single(s => s.Kind == "client").Parent).IsEqualTo(server.Id);
    }

    [Test]
    public async Task Requests_that_the_caller_does_not_sample_and_health_requests_have_no_span()
    {
        var (quiet, loud) = (NewTrace(), NewTrace());
        var (_, text) = await GetAsync("/traced/1", ("traceparent", $"00-{quiet}-00f067aa0ba902b7-00"));
        await Assert.That((string)JsonNode.Parse(text)!["trace"]!)
            .StartsWith($"Root=1-{quiet[..8]}-{quiet[8..]};Parent=")
            .And.EndsWith(";Sampled=0");
        await GetAsync("/health", ("traceparent", $"00-{loud}-00f067aa0ba902b7-01"));
        var (answer, _) = await GetAsync("/none", ("traceparent", $"00-{loud}-00f067aa0ba902b7-01"));
        // Spans arrive in order, so that an earlier one would be here.
        var seen = await shared.Collector.OfAsync(loud, 1);
        await Assert.That(string.Join(' ', seen.Select(s => $"{s.Name} {s["http.response.status_code"]}")))
            .IsEqualTo($"GET {(int)answer.StatusCode}");
        await Assert.That(shared.Collector.Of(quiet)).IsEmpty();
    }

    private static string NewTrace() => Guid.NewGuid().ToString("n");

    private async Task<(HttpResponseMessage Answer, string Text)> GetAsync(
        string path,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await shared.Client.SendAsync(request);
        return (answer, await answer.Content.ReadAsStringAsync());
    }
}
