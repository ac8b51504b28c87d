using Esb.Schema.Resources;

namespace Esb.Provisioner.Plans;

/// <summary>What is to be done for one resource.</summary>
internal enum ActionKind
{
    /// <summary>It is not there.</summary>
    Create,

    /// <summary>It is there.</summary>
    Keep,
}

/// <summary>One line of the plan.</summary>
internal sealed record ResourceAction(ActionKind Kind, ResourceKind Type, Resource Resource);
