using Esb.Gateway.Admin;
using static Esb.Gateway.Tests.Configuration.ReloadUnderTest;

namespace Esb.Gateway.Tests.Configuration;

/// <summary>What a reload serves, keeps and logs.</summary>
internal sealed class ReloadTests : IDisposable
{
    private readonly ReloadUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Test]
    public async Task The_content_of_the_files_is_served_and_logged_in_one_line()
    {
        _test.Write("a", "b");
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("GET /a→a GET /b→b");
        await Assert.That(_test.Log.Lines.Single())
            .Contains("functions: 2 added (a, b), 0 unchanged; routes: 2 added (GET /a, GET /b), 0 unchanged");
    }

    [Test]
    public async Task The_log_line_of_a_reload_says_what_was_added_replaced_adjusted_removed_and_unchanged()
    {
        Write(
            _test.Runtime,
            "functions:\n" + Function("gone") + Function("same") + Function("new-code") + Function("new-timeout"),
            RoutesFor("gone", "same", "new-code"));
        await _test.ReloadAsync();
        var before = _test.Live.Current.Functions;
        Write(
            _test.Runtime,
            "# A line more, so that everything stands elsewhere.\nfunctions:\n" + Function("same")
                + Function("new-code", "/other") + Function("new-timeout", timeout: 9) + Function("fresh"),
            RoutesFor("same", "fresh") + "  - { path: /new-code, function: same }\n");
        await _test.ReloadAsync();
        await Assert.That(_test.Log.Lines[^1]).EndsWith(
            "functions: 1 added (fresh), 1 replaced (new-code), 1 adjusted (new-timeout), 1 removed (gone), "
                + "1 unchanged; " +
            "routes: 1 added (GET /fresh), 1 replaced (GET /new-code), 1 removed (GET /gone), 1 unchanged");
        var after = _test.Live.Current.Functions;
        await Assert.That(after["same"]).IsSameReferenceAs(before["same"]);
        await Assert.That(after["new-timeout"].Pool).IsSameReferenceAs(before["new-timeout"].Pool);
        await Assert.That(after["new-timeout"].Pool.Limits.Timeout).IsEqualTo(TimeSpan.FromSeconds(9));
        await Assert.That(after["new-code"].Pool).IsNotSameReferenceAs(before["new-code"].Pool);
        await Assert.That(after["new-code"].Statistics).IsSameReferenceAs(before["new-code"].Statistics);
    }

    [Test]
    public async Task A_destination_gets_no_records_of_a_function_that_another_application_has_taken_over()
    {
        static string Files(string owner) => $$"""
            functions:
              work:
                code: /w
                runtime: python3.11
                application: a
                async: { on_success: { function: told }, on_failure: { function: told, function_application: b }, dead_letter: { function: told, function_application: '*' } }
              told: { code: /t, runtime: python3.11, application: {{owner}} }

            """;
        async Task<string> ToldAsync(string owner)
        {
            Write(_test.Runtime, Files(owner), RoutesFor("work"));
            await _test.ReloadAsync();
            return string.Join(' ', _test.Live.Current.Functions["work"].Asynchronous.Targets.Select(t => t.Key));
        }

        await Assert.That(await ToldAsync("a")).IsEqualTo("on_success on_failure dead_letter");
        await Assert.That(await ToldAsync("c")).IsEqualTo("dead_letter");
        await Assert.That(await ToldAsync("b")).IsEqualTo("on_failure dead_letter");
        await Assert.That(_test.Log.Lines).Contains(l => l.Contains(
            "function 'work', async: the function 'told' for on_success belongs to application 'b' now; "
                + "nothing is sent to it",
            StringComparison.Ordinal));
        await Assert.That(await ToldAsync("a")).IsEqualTo("on_success on_failure dead_letter");
    }

    [Test]
    public async Task A_changed_default_gives_new_workers_to_the_functions_that_it_applies_to()
    {
        var functions =
            "functions:\n" + Function("a") + "  b: { code: /code, runtime: python3.11, environment: { LEVEL: own } }\n";
        Write(_test.Runtime, "defaults: { environment: { LEVEL: one } }\n" + functions, RoutesFor("a"));
        await _test.ReloadAsync();
        var before = _test.Live.Current.Functions;
        Write(_test.Runtime, "defaults: { environment: { LEVEL: two } }\n" + functions, RoutesFor("a"));
        await _test.ReloadAsync();
        await Assert.That(_test.Live.Current.Functions["a"].Pool).IsNotSameReferenceAs(before["a"].Pool);
        await Assert.That(_test.Live.Current.Functions["b"].Pool).IsSameReferenceAs(before["b"].Pool);
    }

    [Test]
    public async Task A_change_of_one_file_parses_that_file_only_and_a_touch_parses_none()
    {
        _test.Write("a", "b");
        await _test.ReloadAsync();
        await Assert.That(_test.Source.Parses).IsEqualTo(2);
        Replace(Path.Combine(_test.Runtime, "routing.yml"), RoutesFor("b", "a"));
        await _test.ReloadAsync();
        await Assert.That(_test.Source.Parses).IsEqualTo(3);
        var (snapshot, lines) = (_test.Live.Current, _test.Log.Lines.Count);
        File.SetLastWriteTimeUtc(Path.Combine(_test.Runtime, "routing.yml"), DateTime.UtcNow.AddHours(1));
        await Assert.That(_test.Source.HasChanged()).IsTrue();
        await _test.ReloadAsync();
        await Assert.That(_test.Source.Parses).IsEqualTo(3);
        await Assert.That(_test.Live.Current).IsSameReferenceAs(snapshot);
        await Assert.That(_test.Log.Lines.Count).IsEqualTo(lines);
    }

    [Test]
    public async Task A_file_of_a_newer_format_changes_nothing_and_reports_the_required_version_of_ESB()
    {
        _test.Write("a");
        await _test.ReloadAsync();
        var good = _test.Live.Current;
        Replace(Path.Combine(_test.Runtime, "functions.yml"), "version: 2\n" + FunctionsFor("a", "b"));
        await _test.ReloadAsync();
        await Assert.That(_test.Live.Current).IsSameReferenceAs(good);
        await Assert.That(StatusReport.Health(good, _test.Reloader).Configuration.Error!.Message)
            .EndsWith("functions.yml has format version 2; this ESB reads 1; use ESB 2.0 or newer; "
                + "if no ESB wrote this key, remove it");
        Replace(Path.Combine(_test.Runtime, "functions.yml"), "version: 1.4\n" + FunctionsFor("a", "b"));
        await _test.ReloadAsync();
        await Assert.That(_test.Live.Current.Functions.Keys).IsEquivalentTo(["a", "b"]);
    }

    [Test]
    public async Task A_broken_file_changes_nothing_and_is_reported_once_with_its_position()
    {
        _test.Write("a");
        await _test.ReloadAsync();
        var good = _test.Live.Current;
        Replace(Path.Combine(_test.Runtime, "routing.yml"), "routes:\n  - { path: /a, function: [ }\n");
        await _test.ReloadAsync();
        await _test.ReloadAsync();
        await Assert.That(_test.Live.Current).IsSameReferenceAs(good);
        await Assert.That(_test.Log.Lines.Count(
            l => l.Contains("the previous one stays in use", StringComparison.Ordinal))).IsEqualTo(1);
        var health = StatusReport.Health(good, _test.Reloader).Configuration;
        await Assert.That(health.Hash).IsEqualTo(good.Hash);
        await Assert.That(health.Error!.File).IsEqualTo(Path.Combine(_test.Runtime, "routing.yml"));
        await Assert.That(health.Error.Line).IsEqualTo(2);
        await Assert.That(health.Error.Column).IsNotNull();
        await Assert.That(health.Error.Message)
            .StartsWith($"{health.Error.File}:{health.Error.Line}:{health.Error.Column}: error: ");

        Replace(Path.Combine(_test.Runtime, "routing.yml"), RoutesFor("a"));
        await _test.ReloadAsync();
        await Assert.That(_test.Reloader.LastError).IsNull();
        await Assert.That(_test.Source.Parses).IsEqualTo(3);
    }

    [Test]
    public async Task A_file_that_is_wrong_in_one_place_changes_nothing_even_if_the_other_file_is_right()
    {
        _test.Write("a");
        await _test.ReloadAsync();
        Write(_test.Runtime, FunctionsFor("a", "b") + "  c: { timeout: never }\n", RoutesFor("a", "b"));
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("GET /a→a");
        await Assert.That(_test.Reloader.LastError!.Line).IsEqualTo(4);
    }

    [Test]
    public async Task A_route_to_a_missing_function_is_closed_with_a_warning_and_the_rest_is_served()
    {
        Write(_test.Runtime, FunctionsFor("a"), RoutesFor("nobody", "a"));
        await _test.ReloadAsync();
        await Assert.That(_test.Live.Current.Routes.All.Select(r => r.Closed))
            .IsEquivalentTo(["there is no function 'nobody'", null]);
        await Assert.That(_test.Log.Lines.Single(l => l.StartsWith("Warning", StringComparison.Ordinal)))
            .Contains("routing.yml:2:5: warning: route 'GET /nobody' is closed: there is no function 'nobody'");
        Write(_test.Runtime, FunctionsFor("a", "nobody"), RoutesFor("nobody", "a"));
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("GET /nobody→nobody GET /a→a");
        await Assert.That(_test.Live.Current.Routes.All.Select(r => r.Closed)).IsEquivalentTo([null, (string?)null]);
    }

    [Test]
    public async Task The_metrics_count_reloads_failures_and_unchanged_files()
    {
        _test.Write("a");
        await _test.ReloadAsync();
        await _test.ReloadAsync();
        Replace(Path.Combine(_test.Runtime, "functions.yml"), "functions: 7\n");
        await _test.ReloadAsync();
        var text = new ReloadMetrics(_test.Live, _test.Reloader, TimeProvider.System).Render();
        await Assert.That(text).Contains("\nesb_configuration_reloads_total 1\n");
        await Assert.That(text).Contains("\nesb_configuration_reloads_unchanged_total 1\n");
        await Assert.That(text).Contains("\nesb_configuration_reload_failures_total 1\n");
        await Assert.That(text).Contains("\nesb_configuration_last_reload_successful 0\n");
        await Assert.That(text).Contains("\nesb_configuration_functions 1\n");
        await Assert.That(text)
            .Contains($"\nesb_configuration_loaded_timestamp_seconds{{hash=\"{_test.Live.Current.Hash}\"}} ");
    }
}
