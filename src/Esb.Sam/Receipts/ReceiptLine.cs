using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Receipts;

/// <summary>What became of something that a template says.</summary>
public enum Outcome
{
    /// <summary>It does here what it does on AWS.</summary>
    Applied,

    /// <summary>It does something near to it; the reason says what.</summary>
    Approximated,

    /// <summary>It does nothing here; the reason says why.</summary>
    Ignored,
}

/// <summary>One line of the receipt.</summary>
/// <param name="Resource">The logical id.</param>
/// <param name="Property">The property, or the resource's type when it is about the whole.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">How it is approximated, or why it is ignored; empty when applied.</param>
/// <param name="Place">Where it stands.</param>
public sealed record ReceiptLine(string Resource, string Property, Outcome Outcome, string Reason, Place Place);
