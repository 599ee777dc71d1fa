"""How does a person find a draft, a provision, a comment or a reply?"""
