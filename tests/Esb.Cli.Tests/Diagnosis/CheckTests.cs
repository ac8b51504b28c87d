using Esb.Cli.Diagnosis;
using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Diagnosis;

/// <summary>The result of each check for a reading: verdict, message and what to do.</summary>
internal sealed class CheckTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = Owner | UnixFileMode.UserExecute;

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Binaries_of_another_build_next_to_esb_or_running_are_a_warning_and_missing_ones_a_failure()
    {
        var findings = BuildsCheck.Of(new BuildsReading(
            "0.1.0+a",
            "/bin",
            [
                new("esb-gateway", "0.1.0+a"), new("esb-agent", "0.1.0+b"), new("esb-stores", "0.1.0+b"),
                new("esb-provisioner", null, "is not in /bin"),
            ],
            [
                new("esb-gateway", "0.1.0+old"),
                new("esb-agent", "0.1.0+b"),
                new("esb-stores", null, "exit code 2"),
            ]));
        await Assert.That(Text(findings)).IsEqualTo(
            """
            fail builds: esb-provisioner: is not in /bin → unpack all of one release into one folder, or set ESB_BIN_DIR to it
            warn builds: esb-agent, esb-stores are 0.1.0+b, esb is 0.1.0+a → unpack all of one release into one folder
            warn builds: the running esb-gateway is 0.1.0+old, not 0.1.0+a → esb down and esb up start the new one
            warn builds: the running esb-stores does not report its version: exit code 2 → it may be older than this esb; start it again from this release
            ok builds: esb 0.1.0+a; 1 of 4 binaries in /bin are the same build; 1 of 3 running parts are what a start would run
            """);
    }

    [Test]
    [Arguments(50L << 30, 1_000_000L, Verdict.Ok)]
    [Arguments(50L << 30, null, Verdict.Ok)]
    [Arguments(900L << 20, 1_000_000L, Verdict.Warn)]
    [Arguments(50L << 30, 19_999L, Verdict.Warn)]
    [Arguments(99L << 20, 1_000_000L, Verdict.Fail)]
    [Arguments(50L << 30, 999L, Verdict.Fail)]
    public async Task A_disk_is_judged_by_its_bytes_and_by_its_inodes(long bytes, long? files, Verdict verdict) =>
        await Assert.That(DiskCheck.Of([new DiskReading("state", "/s", bytes, files)]).Single().Verdict)
            .IsEqualTo(verdict);

    [Test]
    public async Task A_clock_is_wrong_if_it_is_before_the_build_before_its_own_files_or_was_set_since_the_start()
    {
        Finding Of(ClockReading clock) => ClockCheck.Of(clock).Single();
        await Assert.That(Of(new(Now, null, null, true)))
            .IsEqualTo(Finding.Ok("clock", "2026-11-28T09:00:00Z, kept by NTP"));
        await Assert.That(Of(new(DateTimeOffset.UnixEpoch, null, null, true)).Verdict).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(new(Now, ("/f", Now.AddSeconds(1)), TimeSpan.FromSeconds(1), false)).Verdict)
            .IsEqualTo(Verdict.Ok);
        await Assert.That(Of(new(Now, ("/f", Now.AddMinutes(4)), null, false)).Message).IsEqualTo(
            "it says 2026-11-28T09:00:00Z, but /f was changed 4 min later: it was set back, or was wrong then");
        await Assert.That(Of(new(Now, ("/f", Now.AddMinutes(4)), null, false)).Verdict).IsEqualTo(Verdict.Warn);
        await Assert.That(Of(new(Now, ("/f", Now.AddMinutes(6)), null, false)).Verdict).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(new(Now, null, TimeSpan.FromHours(-3), false)).Message)
            .IsEqualTo("it says 2026-11-28T09:00:00Z and was set back by 3 h since the platform was started");
    }

    [Test]
    public async Task Ports_are_ours_or_free_and_the_owner_of_any_other_is_named()
    {
        var findings = PortsCheck.Of(
        [
            new(8080, "gateway", "GATEWAY_PORT", IsFree: false, IsOurs: true, "pid 1 (esb-gateway)"),
            new(9001, "Runtime API of the gateway", "RUNTIME_API_PORT", IsFree: true, IsOurs: false, null),
            new(9002, "admin port of the gateway", "ADMIN_PORT", IsFree: false, IsOurs: false, "pid 7 (nginx)"),
            new(9000, "stores", "STORES_PORT", IsFree: false, IsOurs: false, null),
        ]);
        await Assert.That(Text(findings)).IsEqualTo(
            """
            fail ports: 9002, for the admin port of the gateway, is in use by pid 7 (nginx) → stop that, or set ADMIN_PORT to a free port
            fail ports: 9000, for the stores, is in use by another process → stop that, or set STORES_PORT to a free port
            ok ports: 8080 ours; 9001 free
            """);
    }

    [Test]
    public async Task A_runtime_runs_on_its_own_interpreter_or_another_version_or_not_at_all()
    {
        var findings = InterpretersCheck.Of(new InterpretersReading(
            [
                new("python3.11", 2, new("/opt/python3.11", "3.11.9")),
                new("python3.12", 1, new("/usr/bin/python3", "3.11.2")),
                new("python3.1", 1, new("/usr/bin/python3", "3.11.2")),
                new("nodejs20.x", 1, new("/usr/bin/node", "20.19.2")),
                new("nodejs22.x", 3, null),
                new("provided.al2023", 1, null),
                new("java21", 1, null),
            ],
            HasSetsid: false));
        await Assert.That(findings.Select(f => f.Verdict)).IsEquivalentTo([
            Verdict.Fail, Verdict.Ok, Verdict.Warn, Verdict.Warn, Verdict.Ok, Verdict.Fail, Verdict.Ok, Verdict.Fail,
        ]);
        var messages = findings.Select(f => f.Message).ToList();
        await Assert.That(messages[1]).IsEqualTo("python3.11 (2 functions): /opt/python3.11 (3.11.9)");
        await Assert.That(messages[2])
            .IsEqualTo("python3.12 (1 function) is not on the PATH; they run on /usr/bin/python3 (3.11.2)");
        await Assert.That(messages[5])
            .IsEqualTo("nodejs22.x (3 functions): no interpreter for it is on the PATH, so they cannot start");
    }

    [Test]
    public async Task An_engine_that_does_not_answer_is_the_only_finding_about_it()
    {
        var findings = EngineCheck.Of(new EngineReading(
            PlatformMode.Docker, null, "permission denied", null, null, null, null, null, null)).ToList();
        await Assert.That(findings.Single().Message).IsEqualTo("the Docker Engine does not answer: permission denied");
    }

    [Test]
    public async Task Containers_that_do_not_run_and_tools_that_are_too_old_are_failures()
    {
        var findings = EngineCheck.Of(new EngineReading(
            PlatformMode.Containerd, "19.3.1", null, "2.20.3", null, null, "the registry 127.0.0.1:5010 does not "
                + "answer",
            [
                new("gateway", "running", "healthy"), new("agent", "restarting", ""),
                new("database", "running", "unhealthy"), new("runtime-node", "running", "healthy"),
            ], null));
        await Assert.That(Text(findings)).IsEqualTo(
            """
            fail engine: Docker Engine 19.3.1 → 20.10 or newer is needed
            fail engine: Compose 2.20.3 → install docker-compose-plugin 2.24 or newer
            fail engine: docker has no buildx, which builds the images of functions → install docker-buildx-plugin (docker-buildx on Debian)
            fail engine: agent is restarting → docker compose logs agent says why; docker compose up -d starts it
            fail engine: database is running but unhealthy → docker compose logs database
            ok engine: running: gateway, runtime-node
            fail engine: containerd in runtime-node does not answer → docker compose logs runtime-node
            fail engine: the registry 127.0.0.1:5010 does not answer → start one: docker compose -f docker-compose.containerd.yml --profile registry up -d registry, or set CONTAINER_REGISTRY
            """);
    }

    [Test]
    public async Task An_image_that_the_engine_does_not_have_is_a_failure_with_the_functions_that_need_it()
    {
        var findings = ImagesCheck.Of(new ImagesReading(2, [("esb-orders:prod-1", ["orders", "totals"])])).ToList();
        await Assert.That(Text(findings)).IsEqualTo(
            """
            fail images: the engine does not have esb-orders:prod-1, which is the image of orders, totals → esb deploy builds it again; an image of a registry that its name begins with is pulled by the first request
            ok images: 2 images of functions in the engine
            """);
    }

    [Test]
    public async Task A_gateway_serves_the_files_or_reports_why_not()
    {
        Finding Of(GatewayReading gateway) => GatewayCheck.Of(gateway).Single();
        var fine = new GatewayReading("http://g", true, true, "aa", null, "aa", "/c", null);
        await Assert.That(Of(fine).Verdict).IsEqualTo(Verdict.Ok);
        await Assert.That(Of(fine with { OnDisk = "bb" }).Verdict).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(fine with { OnDisk = "bb", Error = "f.yml:1:1: error: x" }).Message)
            .IsEqualTo("it serves configuration aa, not the newest files: f.yml:1:1: error: x");
        await Assert.That(Of(fine with { Answered = false }).Verdict).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(fine with { Answered = false, Expected = null }).Verdict).IsEqualTo(Verdict.Warn);
        await Assert.That(GatewayCheck.Of(fine with { Answered = false, Expected = false })).IsEmpty();
        await Assert.That(GatewayCheck.Of(fine with { OtherFolder = "/d" }).Select(f => f.Verdict))
            .IsEquivalentTo([Verdict.Warn, Verdict.Ok]);
    }

    [Test]
    public async Task A_platform_with_a_part_that_has_ended_or_with_state_of_a_newer_esb_is_a_failure()
    {
        var down = new PlatformReading("~/s", 1, 1, null, []);
        await Assert.That(PlatformCheck.Of(down).Single())
            .IsEqualTo(Finding.Ok("platform", "not running (esb up starts it); data in ~/s"));
        await Assert.That(PlatformCheck.Of(down with { Format = 2 }).Single().Advice)
            .IsEqualTo("use ESB 2.0 or newer, or another folder (ESB_STATE_DIR)");
        await Assert.That(PlatformCheck.Of(down with { Format = null }).Single().Verdict).IsEqualTo(Verdict.Fail);
        await Assert.That(Text(PlatformCheck.Of(down with
        {
            Up = TimeSpan.FromHours(3),
            Parts = [new(ComponentKind.Agent, false, "/l/agent.log"), new(ComponentKind.Gateway, true, "")],
        }))).IsEqualTo(
            """
            fail platform: the agent has ended → esb up starts it again; /l/agent.log may say why
            ok platform: up 3 h: gateway; data in ~/s
            """);
        await Assert.That(Text(PlatformCheck.Of(down with
        {
            Up = TimeSpan.FromHours(3),
            Parts = [new(ComponentKind.Stores, true, "/l/stores.log") { Answers = false }],
        }))).Contains(
            "fail platform: the stores process does not answer → wait a moment; if it still does not answer, "
                + "esb down and esb up, and /l/stores.log may say why");
    }

    [Test]
    public async Task Broken_files_are_reported_with_the_place_and_missing_parts_by_name()
    {
        var fine = new ConfigurationReading("/c", ["functions.yml"], [], 2, 1, [], [], [], []);
        await Assert.That(ConfigurationCheck.Of(fine).Single().Verdict).IsEqualTo(Verdict.Ok);
        await Assert.That(ConfigurationCheck.Of(fine with { Files = [] }).Single().Message)
            .IsEqualTo("nothing is deployed yet in /c");
        await Assert.That(Text(ConfigurationCheck.Of(fine with
        {
            Problems = [new Diagnostic(Severity.Error, "X", "wrong", "/c/functions.yml", 3, 7, "write it right")],
        }))).IsEqualTo("fail configuration: /c/functions.yml:3:7: wrong → write it right");
        await Assert.That(ConfigurationCheck.Of(fine with
        {
            Dangling = ["GET /a → a"],
            Taken = ["GET /b"],
            Overlapping = ["GET /c"],
            Unstaged = ["b"],
            Altered = ["c"],
            Unstartable = ["d"],
            AlteredRevisions = ["3"],
        }).Select(f => f.Verdict))
            .IsEquivalentTo([
                Verdict.Warn, Verdict.Warn, Verdict.Warn, Verdict.Fail, Verdict.Warn, Verdict.Warn, Verdict.Warn,
                Verdict.Ok,
            ]);
    }

    [Test]
    public async Task Secrets_are_readable_for_their_owner_only_and_nobody_else_can_write_programs()
    {
        Verdict Of(PermissionReading item) => PermissionsCheck.Of([item]).Single().Verdict;
        var secret = new PermissionReading(
            "credentials",
            "/s/credentials",
            Owner,
            IsSecret: true,
            MustBeWritable: false,
            IsWritable: true,
            ForContainers: false);
        await Assert.That(Of(secret)).IsEqualTo(Verdict.Ok);
        await Assert.That(PermissionsCheck.Of([secret with { Mode = Owner | UnixFileMode.GroupRead }]).Single().Advice)
            .IsEqualTo("chmod 600 /s/credentials");
        await Assert.That(
            PermissionsCheck.Of([secret with { Mode = OwnerFolder | UnixFileMode.OtherExecute }]).Single().Advice)
            .IsEqualTo("chmod 700 /s/credentials");
        var folder = new PermissionReading(
            "configuration",
            "/c",
            OwnerFolder,
            IsSecret: false,
            MustBeWritable: true,
            IsWritable: true,
            ForContainers: false);
        await Assert.That(Of(folder)).IsEqualTo(Verdict.Ok);
        await Assert.That(Of(folder with { IsWritable = false })).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(folder with { Mode = OwnerFolder | UnixFileMode.OtherWrite })).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(folder with { ForContainers = true })).IsEqualTo(Verdict.Warn);
    }

    [Test]
    public async Task A_low_limit_of_open_files_is_a_warning_and_a_very_low_or_nearly_used_one_a_failure()
    {
        Verdict Of(long most, int? open) => LimitsCheck.Of([new("gateway", most, open)]).Single().Verdict;
        await Assert.That(Of(1_048_576, 80)).IsEqualTo(Verdict.Ok);
        await Assert.That(Of(4_096, 80)).IsEqualTo(Verdict.Warn);
        await Assert.That(Of(1_000, 80)).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(20_000, 16_001)).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(20_000, null)).IsEqualTo(Verdict.Ok);
    }

    [Test]
    public async Task A_socket_without_an_answer_is_a_failure_where_there_should_be_one()
    {
        var socket = new SocketReading(
            "agent", "/r/agent.sock", Expected: true, Exists: true, "Connection refused", "esb up");
        Verdict Of(SocketReading one) => SocketsCheck.Of([one]).Single().Verdict;
        await Assert.That(Of(socket)).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(socket with { Exists = false })).IsEqualTo(Verdict.Fail);
        await Assert.That(Of(socket with { Expected = false })).IsEqualTo(Verdict.Ok);
        await Assert.That(Of(socket with { Reason = null })).IsEqualTo(Verdict.Ok);
    }

    [Test]
    public async Task A_finding_is_wrapped_between_words_and_indented()
    {
        var lines = DoctorText.Lines(
            Finding.Warn("disk", "one two three four five six seven", "do this and also that at once"),
            45,
            new Paint(enabled: false));
        await Assert.That(string.Join('\n', lines)).IsEqualTo(
            """
            warn  disk           one two three four five
                                 six seven
                                 → do this and also that
                                   at once
            """);
    }

    private static string Text(IEnumerable<Finding> findings) => string.Join('\n', findings.Select(finding =>
        $"{finding.Verdict.ToString().ToLowerInvariant()} {finding.Check}: "
            + $"{finding.Message}{(finding.Advice is null ? "" : $" → {finding.Advice}")}"));
}
