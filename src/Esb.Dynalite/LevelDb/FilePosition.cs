namespace Esb.Dynalite.LevelDb;

/// <summary>The position of a record or a block in a file.</summary>
/// <param name="File">The path of the file.</param>
/// <param name="Offset">The position in bytes from the start.</param>
public readonly record struct FilePosition(string File, long Offset)
{
    /// <summary>The error for a record or a block that is damaged.</summary>
    internal DamageException Damaged(string problem) => new(File, Offset, problem);
}
