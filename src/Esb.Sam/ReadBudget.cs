namespace Esb.Sam;

/// <summary>Counts the nested applications of one read, because nested templates can multiply them.</summary>
internal sealed class ReadBudget
{
    public int Applications { get; set; }
}
