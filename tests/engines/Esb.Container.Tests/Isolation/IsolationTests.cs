using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Isolation;

/// <summary>What a function must not reach, tried from inside one.</summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class IsolationTests(ContainerPlatform platform)
{
    // Answers with the value of a Python expression.
    private static readonly string Asking = Templates.Handler(
        "import socket, urllib.request, urllib.error",
        "def connects(host, port):",
        "    try:",
        "        socket.create_connection((host, port), 3).close()",
        "        return True",
        "    except OSError:",
        "        return False",
        "def status(url, data=None):",
        "    try:",
        "        return urllib.request.urlopen(urllib.request.Request(url, data=data), timeout=5).status",
        "    except urllib.error.HTTPError as e:",
        "        return e.code",
        "    except OSError:",
        "        return 0",
        "return {'statusCode': 200, 'body': str(eval(event['body']))}");

    [Test]
    public async Task A_function_reaches_the_stores_and_the_gateway_and_nothing_else_of_the_platform()
    {
        await DeployAsync("reach");
        await Assert.That(await AskAsync("reach", "connects('database', 8000), connects('s3-storage', 9000), "
            + "connects('gateway', 8080), connects('gateway', 9001)")).IsEqualTo("(True, True, True, True)");
        var logs = await AddressAsync("victorialogs", "platform");
        await Assert.That(await AskAsync("reach", "connects('gateway', 9002), connects('victorialogs', 9428), "
            + $"connects('{logs}', 9428), connects('agent', 22)")).IsEqualTo("(False, False, False, False)");
        await Assert.That(await AskAsync(
            "reach", "[os.path.exists(p) for p in ('/run/esb', '/var/run/docker.sock', '/run/esb-node')]"))
            .IsEqualTo("[False, False, False]");
    }

    [Test]
    public async Task A_function_cannot_answer_or_fetch_the_invocation_of_another()
    {
        await DeployAsync("thief");
        await Assert.That(await AskAsync("thief", "1 + 1")).IsEqualTo("2");
        await platform.DeployAsync(platform.Write("victim", Templates.Function(
            "victim", "/victim", timeout: 60), ("src/app.py", Templates.Handler(
            "open('/tmp/request', 'w').write(context.aws_request_id)",
            "print('running', context.aws_request_id)",
            "time.sleep(8)",
            "return {'statusCode': 200, 'body': context.aws_request_id}"))));
        var victim = platform.Client.GetStringAsync("/victim");
        await Eventually.TrueAsync(async () => (await LogsAsync("victim"))
            .Contains("running ", StringComparison.Ordinal));
        var request = (await LogsAsync("victim")).Split("running ")[1].Split('\n')[0].Trim();
        await Assert.That(await AskAsync(
            "thief", $"status('http://gateway:9001/2018-06-01/runtime/invocation/{request}/response', b'stolen')"))
            .IsEqualTo("400");
        await Assert.That(await victim).IsEqualTo(request);
    }

    [Test]
    public async Task A_container_that_is_not_a_worker_is_refused_by_the_Runtime_API()
    {
        var result = await platform.DockerAsync(
            "run",
            "--rm",
            "--network",
            $"{platform.Project}_workers",
            "--entrypoint",
            "curl",
            "esb-e2e/debian:1",
            "-sS",
            "-m",
            "20",
            "-o",
            "/dev/null",
            "-w",
            "%{http_code}",
            "http://gateway:9001/2018-06-01/runtime/invocation/next");
        await Assert.That(result.Output).IsNotEqualTo("200").And.IsNotEqualTo("204");
    }

    [Test]
    public async Task A_worker_has_no_capability_no_new_privileges_a_read_only_root_and_its_own_tmp()
    {
        await DeployAsync("rights");
        await Assert.That(await AskAsync(
            "rights",
            "[l.split()[1] for l in open('/proc/self/status') if l.startswith(('CapEff', 'CapBnd', 'NoNewPrivs'))]"))
            .IsEqualTo("['0000000000000000', '0000000000000000', '1']");
        await Assert.That(await AskAsync(
            "rights", "os.access('/var/task', os.W_OK), os.access('/', os.W_OK), os.access('/tmp', os.W_OK)"))
            .IsEqualTo("(False, False, True)");
        await Assert.That(await AskAsync(
            "rights", "[p.split()[1] for p in open('/proc/mounts') if p.split()[1] == '/tmp']")).IsEqualTo("['/tmp']");
    }

    private Task<CommandResult> DeployAsync(string name) => platform.DeployAsync(platform.Write(
        name, Templates.Function(name, $"/{name}", timeout: 30), ("src/app.py", Asking)));

    private async Task<string> AskAsync(string function, string expression)
    {
        using var answer = await platform.Client.PostAsync($"/{function}", new StringContent(expression));
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> LogsAsync(string function) =>
        (await platform.EsbAsync("logs", function)).Output;

    private async Task<string> AddressAsync(string service, string network) => await platform.AskDockerAsync(
        "inspect",
        "--format",
        $"{{{{(index .NetworkSettings.Networks \"{platform.Project}_{network}\").IPAddress}}}}",
        await platform.ContainerAsync(service));
}
