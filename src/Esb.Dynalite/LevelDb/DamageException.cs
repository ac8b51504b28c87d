namespace Esb.Dynalite.LevelDb;

/// <summary>A file of a LevelDB folder does not contain what LevelDB writes.</summary>
/// <param name="file">The path of the file.</param>
/// <param name="offset">The position of the record or block that is damaged, in bytes from the start.</param>
/// <param name="problem">What is wrong with it.</param>
public sealed class DamageException(string file, long offset, string problem)
    : Exception($"{file}, byte {offset}: {problem}")
{
    /// <summary>The path of the file.</summary>
    public string File { get; } = file;

    /// <summary>The position of the record or block that is damaged, in bytes from the start.</summary>
    public long Offset { get; } = offset;
}
