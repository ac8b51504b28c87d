using System.Diagnostics;
using static Esb.Gateway.Tests.Configuration.ReloadUnderTest;

namespace Esb.Gateway.Tests.Configuration;

/// <summary>What editors, mounts, clocks and people do to files while the gateway reads them.</summary>
internal sealed class FileAttackTests : IDisposable
{
    private readonly ReloadUnderTest _test = new();

    private string RoutingFile => Path.Combine(_test.Runtime, "routing.yml");

    public void Dispose() => _test.Dispose();

    [Test]
    public async Task A_runtime_folder_that_appears_later_is_preferred_to_the_baked_one()
    {
        Write(_test.Baked, FunctionsFor("baked"), RoutesFor("baked"));
        _test.Watch();
        await Eventually.TrueAsync(() => _test.Served == "GET /baked→baked");
        Directory.CreateDirectory(_test.Runtime);
        await File.WriteAllTextAsync(Path.Combine(_test.Runtime, "functions.yml"), "");
        await Assert.That(_test.Served).IsEqualTo("GET /baked→baked");
        _test.Write("deployed");
        await Eventually.TrueAsync(() => _test.Served == "GET /deployed→deployed");
    }

    [Test]
    public async Task Files_that_vanish_change_nothing_and_are_not_parsed_again_when_they_come_back()
    {
        Write(_test.Baked, FunctionsFor("baked"), RoutesFor("baked"));
        _test.Write("a");
        await _test.ReloadAsync();
        var (parses, text) = (_test.Source.Parses, await File.ReadAllTextAsync(RoutingFile));
        _test.Watch();
        File.Delete(RoutingFile);
        await Eventually.TrueAsync(() => _test.Reloader.LastError is not null);
        await Assert.That(_test.Reloader.LastError!.ToString())
            .IsEqualTo($"{RoutingFile}: error: has vanished; put it back; to serve nothing, write {{}} into it");
        File.Delete(Path.Combine(_test.Runtime, "functions.yml"));
        Directory.Delete(_test.Runtime);
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("GET /a→a");
        await Assert.That(_test.Reloader.LastError!.File).IsEqualTo(Path.Combine(_test.Runtime, "functions.yml"));
        Write(_test.Runtime, FunctionsFor("a"), text);
        await Eventually.TrueAsync(() => _test.Reloader.LastError is null);
        await Assert.That(_test.Served).IsEqualTo("GET /a→a");
        await Assert.That(_test.Source.Parses).IsEqualTo(parses);
    }

    [Test]
    public async Task An_inaccessible_preferred_folder_is_an_error_and_does_not_activate_the_baked_files()
    {
        Write(_test.Baked, FunctionsFor("baked"), RoutesFor("baked"));
        // A link cycle fails for root as well, whom file modes do not stop.
        File.CreateSymbolicLink(_test.Runtime, _test.Runtime + ".other");
        File.CreateSymbolicLink(_test.Runtime + ".other", _test.Runtime);
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("");
        await Assert.That(_test.Reloader.LastError!.ToString())
            .Contains($"{Path.Combine(_test.Runtime, "functions.yml")}: error: cannot be read");
        File.Delete(_test.Runtime);
        _test.Write("deployed");
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("GET /deployed→deployed");
    }

    [Test]
    public async Task The_served_bytes_are_known_after_their_files_have_disappeared()
    {
        _test.Write("a");
        await _test.ReloadAsync();
        var functions = await File.ReadAllBytesAsync(Path.Combine(_test.Runtime, "functions.yml"));
        await File.WriteAllTextAsync(Path.Combine(_test.Runtime, "functions.yml"), "");
        await _test.ReloadAsync();
        var written = _test.Live.Current.Written;
        await Assert.That(written.FunctionsBytes.ToArray()).IsEquivalentTo(functions);
        await Assert.That(written.RoutingBytes.ToArray()).IsEquivalentTo(await File.ReadAllBytesAsync(RoutingFile));
        await Assert.That(written.Folder).IsEqualTo(_test.Runtime);
    }

    [Test]
    public async Task An_explicitly_empty_configuration_removes_everything()
    {
        _test.Write("a");
        await _test.ReloadAsync();
        Write(_test.Runtime, "{}\n", "{}\n");
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("");
        await Assert.That(_test.Live.Current.Functions.Count).IsEqualTo(0);
    }

    [Test]
    public async Task A_file_left_half_written_is_no_outage_and_is_served_when_it_is_finished()
    {
        _test.Write("a");
        _test.Watch();
        await Eventually.TrueAsync(() => _test.Served == "GET /a→a");
        var text = RoutesFor("a") + "  - { path: /twice, function: a }\n";
        await File.WriteAllTextAsync(RoutingFile, "");
        await Eventually.TrueAsync(() => _test.Reloader.LastError is not null);
        await Assert.That(_test.Reloader.LastError!.Message).IsEqualTo("is empty, or has no content");
        await File.WriteAllTextAsync(RoutingFile, text[..^9]);
        await Eventually.TrueAsync(() => _test.Reloader.LastError is { Line: > 0 });
        await Assert.That(_test.Served).IsEqualTo("GET /a→a");
        await File.AppendAllTextAsync(RoutingFile, text[^9..]);
        await Eventually.TrueAsync(() => _test.Served == "GET /a→a GET /twice→a");
        await Assert.That(_test.Reloader.LastError).IsNull();
    }

    [Test]
    [Arguments("\n")]
    [Arguments(" \t\r\n")]
    [Arguments("# nothing here\n")]
    [Arguments("---\n")]
    [Arguments("null\n")]
    [Arguments("--- ~ # nothing\n...\n")]
    [Arguments("\uFEFF")]
    [Arguments("routes:\n")]
    [Arguments("routes: null # cut\n")]
    [Arguments("version: 1\n")]
    [Arguments("version: 1\nroutes: ~\n")]
    [Arguments("{ routes: }\n")]
    [Arguments("api_keys: [ { name: a, value: b } ]\nroutes:\n")]
    public async Task An_empty_file_does_not_remove_what_is_served(string text)
    {
        _test.Write("a");
        await _test.ReloadAsync();
        Replace(RoutingFile, text);
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("GET /a→a");
        await Assert.That(_test.Reloader.LastError!.ToString()).IsEqualTo(
            $"{RoutingFile}: error: is empty, or has no content; put it back; to serve nothing, write {{}} into it");
        Replace(RoutingFile, "routes: []\n");
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("");
    }

    [Test]
    public async Task A_preferred_folder_with_empty_files_does_not_hide_what_is_baked_in_and_served()
    {
        Write(_test.Baked, FunctionsFor("baked"), RoutesFor("baked"));
        await _test.ReloadAsync();
        Write(_test.Runtime, "\n", "# none\n");
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("GET /baked→baked");
        await Assert.That(_test.Reloader.LastError).IsNull();
    }

    [Test]
    [Arguments("\n", "# none\n")]
    [Arguments("functions:\n", "routes:\n")]
    [Arguments("version: 1\n", "")]
    public async Task A_gateway_that_starts_with_empty_runtime_files_serves_what_is_baked_in(
        string functions,
        string routing)
    {
        Write(_test.Baked, FunctionsFor("baked"), RoutesFor("baked"));
        Write(_test.Runtime, functions, routing);
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("GET /baked→baked");
        Write(_test.Runtime, "functions: {}\n", "{}\n");
        await _test.ReloadAsync();
        await Assert.That(_test.Served).IsEqualTo("");
    }

    [Test]
    public async Task A_file_that_was_empty_from_the_start_is_not_missing()
    {
        Write(_test.Runtime, FunctionsFor("a"), "# to come\n");
        await _test.ReloadAsync();
        Write(_test.Runtime, FunctionsFor("a", "b"), "# to come\n");
        await _test.ReloadAsync();
        await Assert.That(_test.Reloader.LastError).IsNull();
        await Assert.That(_test.Live.Current.Functions.Count).IsEqualTo(2);
    }

    [Test]
    public async Task Two_files_of_the_same_size_in_the_same_tick_are_distinguished()
    {
        _test.Write("a");
        _test.Watch();
        await Eventually.TrueAsync(() => _test.Served == "GET /a→a");
        for (var i = 0; i < 40; i++)
        {
            await File.WriteAllTextAsync(RoutingFile, $"routes: [ {{ path: /x{i:000}, function: a }} ]\n");
            await File.WriteAllTextAsync(RoutingFile, $"routes: [ {{ path: /y{i:000}, function: a }} ]\n");
            await Eventually.TrueAsync(() => _test.Served == $"GET /y{i:000}→a");
        }
    }

    [Test]
    public async Task A_modification_time_that_goes_backwards_or_stays_is_a_change_like_any_other()
    {
        _test.Write("a");
        await _test.ReloadAsync();
        _test.Watch();
        foreach (var time in new[] { DateTime.UtcNow.AddYears(1), DateTime.UnixEpoch, DateTime.UnixEpoch })
        {
            var path = $"/p{Guid.NewGuid():N}";
            var fresh = RoutingFile + ".new";
            await File.WriteAllTextAsync(fresh, $"routes: [ {{ path: {path}, function: a }} ]\n");
            File.SetLastWriteTimeUtc(fresh, time);
            File.Move(fresh, RoutingFile, overwrite: true);
            await Eventually.TrueAsync(() => _test.Served == $"GET {path}→a");
        }
    }

    [Test]
    public async Task A_clock_that_is_set_back_does_not_hide_changes()
    {
        _test.Write("a");
        var source = new Gateway.Configuration.ConfigurationSource([_test.Runtime], new SetBackTime());
        await Assert.That(source.HasChanged()).IsTrue();
        await source.SettleAsync(CancellationToken.None);
        await Assert.That(source.Read([])).IsNotNull();
        await Assert.That(source.HasChanged()).IsFalse();
        Replace(RoutingFile, RoutesFor("a"));
        await Assert.That(source.HasChanged()).IsTrue();
    }

    [Test]
    public async Task A_folder_of_links_that_is_switched_as_by_Kubernetes_is_always_read_from_one_version()
    {
        string Side(string name)
        {
            var folder = Path.Combine(_test.Root, name);
            Write(folder, FunctionsFor(name), RoutesFor(name));
            return folder;
        }

        var (one, two) = (Side("one"), Side("two"));
        var data = Path.Combine(_test.Root, "..data");
        Directory.CreateSymbolicLink(data, one);
        Directory.CreateDirectory(_test.Runtime);
        foreach (var name in new[] { "functions.yml", "routing.yml" })
            File.CreateSymbolicLink(Path.Combine(_test.Runtime, name), Path.Combine(data, name));
        await _test.ReloadAsync();
        for (var i = 0; i < 100; i++)
        {
            var reload = Task.Run(_test.ReloadAsync);
            Directory.CreateSymbolicLink(data + ".new", i % 2 == 0 ? two : one);
            await Assert.That(await RunAsync("mv", "-T", data + ".new", data)).IsEqualTo(0);
            await reload;
            await Assert.That(_test.Served is "GET /one→one" or "GET /two→two").IsTrue().Because(_test.Served);
        }

        _test.Watch();
        await Eventually.TrueAsync(() => _test.Served == "GET /one→one");
    }

    [Test]
    public async Task A_file_that_is_mounted_by_itself_is_read_through_its_mount()
    {
        var outside = Path.Combine(_test.Root, "outside.yml");
        _test.Write("a");
        await File.WriteAllTextAsync(outside, RoutesFor("a"));
        if (await RunAsync("mount", "--bind", outside, RoutingFile) != 0)
        {
            Skip.Test("bind mounts are not allowed here");
            return;
        }

        try
        {
            _test.Watch();
            await Eventually.TrueAsync(() => _test.Served == "GET /a→a");
            await File.WriteAllTextAsync(outside, "routes: [ { path: /mounted, function: a } ]\n");
            await Eventually.TrueAsync(() => _test.Served == "GET /mounted→a");
        }
        finally
        {
            await RunAsync("umount", RoutingFile);
        }

        await Eventually.TrueAsync(() => _test.Served == "GET /a→a");
    }

    [Test]
    public async Task A_path_that_is_not_a_file_is_refused_without_waiting()
    {
        _test.Write("a");
        await _test.ReloadAsync();
        File.Delete(RoutingFile);
        await Assert.That(await RunAsync("mkfifo", RoutingFile)).IsEqualTo(0);
        await _test.ReloadAsync();
        await Assert.That(_test.Reloader.LastError!.ToString())
            .IsEqualTo($"{RoutingFile}: error: cannot be read: it is not a file");
        await Assert.That(_test.Served).IsEqualTo("GET /a→a");
    }

    [Test]
    public async Task A_file_that_keeps_changing_is_still_read_and_its_last_state_is_served()
    {
        _test.Write("a");
        _test.Watch();
        await Eventually.TrueAsync(() => _test.Served == "GET /a→a");
        var looks = _test.Looks;
        var number = 0;
        while (_test.Looks < looks + 2)
            Replace(RoutingFile, $"routes: [ {{ path: /flap{++number}, function: a }} ]\n");
        await Eventually.TrueAsync(() => _test.Served == $"GET /flap{number}→a");
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private sealed class SetBackTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(-1);
    }
}
