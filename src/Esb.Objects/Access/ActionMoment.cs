namespace Esb.Objects.Access;

/// <summary>When it is known whether, and for which object, an operation needs an action.</summary>
internal enum ActionMoment
{
    /// <summary>Before the operation begins.</summary>
    Arrival,

    /// <summary>
    /// When the document in the body has been read, because it holds values that conditions ask for. What does not
    /// depend on them is also decided before.
    /// </summary>
    Document,

    /// <summary>For each key that the document in the body lists.</summary>
    EachKey,

    /// <summary>Before the source of a copy is opened.</summary>
    Source,

    /// <summary>When the source of a copy has tags that the copy takes over.</summary>
    SourceTags,

    /// <summary>When the answer is written. Without the action, the answer lacks a header.</summary>
    Answer,
}
