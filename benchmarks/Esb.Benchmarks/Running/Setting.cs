namespace Esb.Benchmarks.Running;

/// <summary>Where the binaries are, and how much time there is.</summary>
internal sealed record Setting(string Binaries, bool Quick)
{
    public string Binary(string name) => Path.Combine(Binaries, name);

    /// <summary>This program, which is the bare servers too.</summary>
    public static string Self => Environment.ProcessPath!;

    /// <summary>Fewer rounds when there is little time.</summary>
    public int Rounds(int full, int quick) => Quick ? quick : full;
}
