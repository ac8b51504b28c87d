using System.Globalization;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Peers;

/// <summary>ESB in process mode with everything that <c>esb up</c> starts, including the stores.</summary>
internal sealed class EsbContender : IContender, IDisposable
{
    private readonly string _program;
    private readonly string _folder;
    private readonly string _state = Directory.CreateTempSubdirectory("esb-peers-state-").FullName;
    private readonly Dictionary<string, string> _environment;
    private int _starts;

    public EsbContender(string program, Project project)
    {
        _program = program;
        _folder = project.Folder;
        Port = Server.FreePort();
        _environment = new(StringComparer.Ordinal)
        {
            ["ESB_STATE_DIR"] = Path.Combine(_state, "state"),
            ["GATEWAY_PORT"] = Text(Port),
            ["RUNTIME_API_PORT"] = Text(Server.FreePort()),
            ["ADMIN_PORT"] = Text(Server.FreePort()),
            ["STORES_PORT"] = Text(Server.FreePort()),
            ["PATH"] = Peer.Path,
        };
        // The first start creates its folders; those of the other programs exist already.
        Start();
        Stop();
    }

    public string Name => "ESB";

    public string WayOfChange => "`esb deploy`";

    public int Port { get; }

    public ProcessGroup Processes { get; } = new();

    /// <summary>The process whose children are the workers.</summary>
    public int Agent => Processes.Find("esb-agent");

    public double? Start()
    {
        // A new folder each time, to which nothing has been deployed.
        _environment["CONFIG_DIR"] = Path.Combine(_state, Text(_starts++));
        Up();
        return Deploy();
    }

    /// <summary>Starts it with the existing deployment.</summary>
    public void Up() => Processes.Run(_program, ["up"], _folder, _environment);

    public void MakeLive() => Deploy();

    public void Stop() => Processes.Run(_program, ["down"], _folder, _environment);

    public void Dispose()
    {
        Processes.Kill();
        Directory.Delete(_state, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private double Deploy() => Processes.Run(_program, ["deploy", "-t", "template.yaml"], _folder, _environment);
}
