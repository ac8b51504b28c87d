using Esb.EndToEnd.Tests.Platforms;
using TUnit.Core.Interfaces;

namespace Esb.EndToEnd.Tests.Deploying.Faults;

/// <summary>
/// The program <c>fault.c</c>, compiled once: it makes one system call of another program fail, or kills the program at
/// that call.
/// </summary>
public sealed class FaultProgram : IAsyncInitializer, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esb-fault-").FullName;

    internal string Path => System.IO.Path.Combine(_folder, "fault");

    public async Task InitializeAsync()
    {
        var source = System.IO.Path.Combine(AppContext.BaseDirectory, "Deploying", "Faults", "fault.c");
        var compiled = await Command.RunAsync(
            "gcc", ["-O1", "-Wall", "-Werror", "-o", Path, source], _folder, new Dictionary<string, string?>());
        if (compiled.ExitCode != 0)
            throw new InvalidOperationException($"gcc: {compiled}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
