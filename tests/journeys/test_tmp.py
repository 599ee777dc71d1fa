def test_w(world): 
    print(world.receipt, [c.provision_key for c in world.own.values()], world.answering.phase, world.reported.phase, world.withdrawn.phase, world.announced.phase)
