using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Receipts;

/// <summary>How a part of a template is treated.</summary>
public enum Outcome
{
    /// <summary>The part has the same effect as on AWS.</summary>
    Applied,

    /// <summary>The part has a similar effect; the reason says which.</summary>
    Approximated,

    /// <summary>The part has no effect here; the reason says why.</summary>
    Ignored,
}

/// <summary>One line of the receipt.</summary>
/// <param name="Resource">The logical id.</param>
/// <param name="Property">The property, or the resource's type when the line is about the whole resource.</param>
/// <param name="Outcome">How it is treated.</param>
/// <param name="Reason">How it is approximated, or why it is ignored; empty when applied.</param>
/// <param name="Place">The position in the template.</param>
public sealed record ReceiptLine(string Resource, string Property, Outcome Outcome, string Reason, Place Place);
