namespace Esb.Sam;

/// <summary>Counts what nested templates can multiply.</summary>
internal sealed class ReadBudget
{
    public int Applications { get; set; }
}
