namespace Esb.Dynalite.LevelDb;

/// <summary>Why a log cannot be read further.</summary>
/// <param name="Offset">The position of the fragment that cannot be read.</param>
/// <param name="Text">What is wrong with it.</param>
/// <param name="IsUnfinished">
/// Whether the file ends there, or contains only zeros from there to the end of the block: what a process leaves behind
/// that was stopped while it wrote.
/// </param>
internal sealed record LogProblem(long Offset, string Text, bool IsUnfinished);
