using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Invoking;

/// <summary>Real workers behind the real gateway.</summary>
[ClassDataSource<HandWrittenPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class InvokingTests(HandWrittenPlatform shared)
{
    private HttpClient Client => shared.Platform.Client;

    [Test]
    public async Task A_streamed_answer_begins_before_the_function_has_written_all_of_it()
    {
        var goOn = Path.Combine(shared.Folder, "go-on-through-the-url");
        using var response = await Client.GetAsync(
            $"/_url/streams?goOn={Uri.EscapeDataString(goOn)}", HttpCompletionOption.ResponseHeadersRead);
        await Assert.That(response.StatusCode).IsEqualTo(HttpStatusCode.Created);
        await Assert.That(response.Content.Headers.ContentType!.MediaType).IsEqualTo("text/event-stream");
        await Assert.That(response.Headers.GetValues("X-Mine").Single()).IsEqualTo("yes");
        await Assert.That(response.Headers.GetValues("Set-Cookie")).IsEquivalentTo(["a=1", "b=2"]);
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[5];
        await body.ReadExactlyAsync(first);
        await Assert.That(Encoding.UTF8.GetString(first)).IsEqualTo("first");
        await File.WriteAllTextAsync(goOn, "");
        using var rest = new StreamReader(body);
        await Assert.That(await rest.ReadToEndAsync()).IsEqualTo("second");
    }

    [Test]
    public async Task Everything_that_a_function_wrote_before_it_failed_arrives_and_the_answer_is_incomplete()
    {
        using var response = await Client.GetAsync("/_url/streams?many=5", HttpCompletionOption.ResponseHeadersRead);
        await Assert.That(response.StatusCode).IsEqualTo(HttpStatusCode.Created);
        await using var body = await response.Content.ReadAsStreamAsync();
        var written = new byte[25];
        await body.ReadExactlyAsync(written);
        await Assert.That(Encoding.UTF8.GetString(written)).IsEqualTo("five0five1five2five3five4");
        await Assert.That(async () => await body.ReadAsync(written)).Throws<IOException>();
    }

    [Test]
    [Arguments("echo", "")]
    [Arguments("echo:live", ":live")]
    [Arguments("echo?live", ":live")]
    [Arguments("arn:aws:lambda:us-east-1:000000000000:function:echo:$LATEST", ":$LATEST")]
    public async Task A_function_sees_the_name_by_which_it_was_called_also_in_asynchronous_calls(
        string named, string qualifier)
    {
        var file = Path.Combine(shared.Folder, $"named-{Guid.NewGuid():N}");
        var path = named.Contains('?', StringComparison.Ordinal)
            ? named.Replace("?", "/invocations?Qualifier=", StringComparison.Ordinal)
            : named + "/invocations";
        foreach (var type in new[] { "RequestResponse", "Event" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/2015-03-31/functions/{path}")
            {
                Content = new StringContent(JsonSerializer.Serialize(new { write = file })),
            };
            request.Headers.Add("X-Amz-Invocation-Type", type);
            await Assert.That((await Client.SendAsync(request)).IsSuccessStatusCode).IsTrue();
        }

        await Eventually.TrueAsync(() => File.Exists(file) && File.ReadAllLines(file).Length == 2);
        foreach (var line in await File.ReadAllLinesAsync(file))
            await Assert.That(line).EndsWith(":function:echo" + qualifier);
    }

    [Test]
    public async Task A_burst_starts_all_the_workers_that_it_needs_at_once()
    {
        // Each waits until all of them run: in sequence they would never end.
        var folder = Directory.CreateDirectory(Path.Combine(shared.Folder, "burst")).FullName;
        var calls = Enumerable.Range(0, 4)
            .Select(_ => InvokeAsync("together", JsonSerializer.Serialize(new { folder, count = 4 })))
            .ToList();
        var workers = await Task.WhenAll(calls);
        await Assert.That(workers.Distinct().Count()).IsEqualTo(4);
    }

    [Test]
    public async Task A_destination_gets_the_result_of_an_event_and_the_trace_of_its_cause_continues()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/2015-03-31/functions/echo/invocations")
        {
            Content = new StringContent("""{"n":9}"""),
        };
        request.Headers.Add("X-Amz-Invocation-Type", "Event");
        using var accepted = await Client.SendAsync(request);
        await Assert.That(accepted.StatusCode).IsEqualTo(HttpStatusCode.Accepted);
        using var admin = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{shared.Platform.AdminPort}") };
        await Eventually.TrueAsync(async () => (await admin.GetStringAsync("/metrics"))
            .Contains("esb_invocations_total{function=\"echo-told\"} ", StringComparison.Ordinal)
            && !(await admin.GetStringAsync("/metrics"))
                .Contains("esb_invocations_total{function=\"echo-told\"} 0", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_schedule_runs_at_its_time_in_its_time_zone_and_a_disabled_one_does_not()
    {
        var file = Path.Combine(shared.Folder, "timed");
        await Eventually.TrueAsync(() => File.Exists(file) && new FileInfo(file).Length > 0);
        var line = (await File.ReadAllLinesAsync(file)).Single();
        await Assert.That(DateTimeOffset.Parse(line, CultureInfo.InvariantCulture))
            .IsLessThanOrEqualTo(DateTimeOffset.UtcNow);
    }

    [Test]
    public async Task A_W3C_trace_of_the_caller_reaches_the_function_in_the_form_of_X_Ray()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/2015-03-31/functions/echo/invocations")
        {
            Content = new StringContent("{}"),
        };
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        using var response = await Client.SendAsync(request);
        await Assert.That(await response.Content.ReadAsStringAsync())
            .Contains("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1");
    }

    [Test]
    public async Task The_admin_port_has_a_page_and_metrics_for_Prometheus()
    {
        await InvokeAsync("echo", "{}");
        using var admin = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{shared.Platform.AdminPort}") };
        var page = await admin.GetStringAsync("/");
        await Assert.That(page.Length).IsLessThan(60 * 1024);
        await Assert.That(page).Contains("<!doctype html>").And.DoesNotContain("src=\"http").And.DoesNotContain("url(");
        var metrics = await admin.GetStringAsync("/metrics");
        await Assert.That(metrics).Contains("esb_invocation_duration_seconds_bucket{function=\"echo\",le=\"+Inf\"} ")
            .And.Contains("esb_http_requests_total{code=\"2xx\"} ");
        await Assert.That((await admin.GetStringAsync("/status"))
            .Contains("\"asynchronous\":{\"pending\":", StringComparison.Ordinal)).IsTrue();
    }

    private async Task<string> InvokeAsync(string function, string payload)
    {
        using var response = await Client.PostAsync(
            $"/2015-03-31/functions/{function}/invocations", new StringContent(payload));
        return response.Headers.Contains("X-Amz-Function-Error")
            ? throw new InvalidOperationException(await response.Content.ReadAsStringAsync())
            : await response.Content.ReadAsStringAsync();
    }
}
