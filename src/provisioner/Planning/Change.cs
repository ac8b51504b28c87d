using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>One change call on a store. Two equal changes ask for the same thing.</summary>
/// <param name="Property">The property of the manifest that asks for it, CloudFormation's name.</param>
internal abstract record Change(string Property)
{
    /// <summary>As people read it: <c>+ index by-day</c>, <c>~ TimeToLiveSpecification: off → expires</c>.</summary>
    public abstract string Text { get; }
}
