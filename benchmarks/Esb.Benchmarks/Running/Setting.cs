namespace Esb.Benchmarks.Running;

/// <summary>The folder of the binaries, and whether the run is a quick one.</summary>
internal sealed record Setting(string Binaries, bool Quick)
{
    public string Binary(string name) => Path.Combine(Binaries, name);

    /// <summary>This program, which contains the bare servers, too.</summary>
    public static string Self => Environment.ProcessPath!;

    /// <summary>The number of rounds: fewer in a quick run.</summary>
    public int Rounds(int full, int quick) => Quick ? quick : full;
}
